package dev.latchkey.adapters.web.oauth2;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;

/**
 * The body of every refusal under {@code /oauth2} (RFC 6749 §5.2).
 *
 * @param error one of {@link OAuth2ErrorCode}
 * @param description for people; printable ASCII without quotation mark and backslash
 */
record OAuth2Error(String error, @JsonProperty("error_description") String description) {

  static MutableHttpResponse<OAuth2Error> response(OAuth2ErrorCode code, String description) {
    return HttpResponse.<OAuth2Error>status(code.status())
        .body(new OAuth2Error(code.code(), description));
  }
}
