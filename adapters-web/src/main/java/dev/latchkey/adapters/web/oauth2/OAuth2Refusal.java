package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.http.MutableHttpResponse;

/** Every refusal that the calls under {@code /oauth2} decide on: its error, and a sentence. */
public enum OAuth2Refusal {
  UNSUPPORTED_GRANT_TYPE(
      OAuth2ErrorCode.UNSUPPORTED_GRANT_TYPE, "The only grant type is refresh_token."),
  INVALID_REFRESH_TOKEN(ProblemCode.INVALID_REFRESH_TOKEN),
  REFRESH_TOKEN_EXPIRED(ProblemCode.REFRESH_TOKEN_EXPIRED),
  SESSION_REVOKED(ProblemCode.SESSION_REVOKED),
  REFRESH_TOKEN_REUSED(ProblemCode.REFRESH_TOKEN_REUSED),
  ACCESS_TOKEN_MISMATCH(ProblemCode.ACCESS_TOKEN_MISMATCH),
  ACCESS_TOKEN_NOT_EXPIRED(ProblemCode.ACCESS_TOKEN_NOT_EXPIRED),
  REFRESH_TOKEN_OF_ANOTHER_CLIENT(
      OAuth2ErrorCode.INVALID_GRANT, "The refresh token was issued to another client."),
  TOKEN_OF_ANOTHER_CLIENT(OAuth2ErrorCode.INVALID_GRANT, "The token was issued to another client."),
  INVALID_SCOPE(OAuth2ErrorCode.INVALID_SCOPE, "The scope is wider than what was granted."),
  UNAUTHORIZED_CLIENT(OAuth2ErrorCode.UNAUTHORIZED_CLIENT, "The client may not introspect tokens.");

  private final OAuth2ErrorCode code;
  private final String description;

  OAuth2Refusal(OAuth2ErrorCode code, String description) {
    this.code = code;
    this.description = description;
  }

  /** A refresh token that does not get the exchange that it is sent for. */
  OAuth2Refusal(ProblemCode cause) {
    this(OAuth2ErrorCode.INVALID_GRANT, cause.detail());
  }

  public MutableHttpResponse<?> response() {
    return OAuth2Error.response(code, description);
  }
}
