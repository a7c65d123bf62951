package dev.latchkey.examples.tasks.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/**
 * The body of every refusal (RFC 9457 §3).
 *
 * @param code stable and meant for programs
 * @param errors what is wrong with which field, if that is the problem
 */
public record Problem(
    String type,
    String title,
    int status,
    String code,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

  /**
   * @param message the rule, for people; never repeats what was sent
   */
  public record FieldError(String field, String code, String message) {}

  static Problem of(Refusal refusal, List<FieldError> errors) {
    return new Problem(
        "about:blank",
        refusal.status().getReason(),
        refusal.status().getCode(),
        refusal.code(),
        refusal.detail(),
        errors);
  }

  /** With the challenge that belongs to a refused token (RFC 6750 §3). */
  public static MutableHttpResponse<Problem> response(Refusal refusal) {
    MutableHttpResponse<Problem> response = response(refusal, List.of());
    return switch (refusal) {
      // Without a token there is nothing to say about it (RFC 6750 §3.1).
      case ACCESS_TOKEN_REQUIRED -> challenge(response, "Bearer");
      case INVALID_ACCESS_TOKEN -> challenge(response, "Bearer error=\"invalid_token\"");
      // Tells a client that exchanging its refresh token is worth while.
      case ACCESS_TOKEN_EXPIRED ->
          challenge(
                  response,
                  "Bearer error=\"invalid_token\", error_description=\"The access token expired\"")
              .header("Token-Expired", "true");
      case FORBIDDEN -> challenge(response, "Bearer error=\"insufficient_scope\"");
      case KEYS_UNAVAILABLE -> response.header(HttpHeaders.RETRY_AFTER, "10");
      default -> response;
    };
  }

  /** Of a request with invalid fields. */
  public static MutableHttpResponse<Problem> invalid(List<FieldError> errors) {
    return response(Refusal.VALIDATION_FAILED, errors);
  }

  private static MutableHttpResponse<Problem> response(Refusal refusal, List<FieldError> errors) {
    return HttpResponse.<Problem>status(refusal.status())
        .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
        .body(of(refusal, errors));
  }

  private static MutableHttpResponse<Problem> challenge(
      MutableHttpResponse<Problem> response, String challenge) {
    return response.header(HttpHeaders.WWW_AUTHENTICATE, challenge);
  }
}
