package dev.latchkey.adapters.web.bearer;

import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/**
 * The 401 and 403 responses to callers without an access token, or without the right one (RFC 6750
 * §3).
 */
public enum BearerChallenge {
  /** Without a token there is nothing to say about it (RFC 6750 §3.1). */
  NO_TOKEN(ProblemCode.ACCESS_TOKEN_REQUIRED, "Bearer"),
  INVALID_TOKEN(
      ProblemCode.INVALID_ACCESS_TOKEN,
      "Bearer error=\"invalid_token\", error_description=\"The access token is not valid\""),
  EXPIRED_TOKEN(
      ProblemCode.ACCESS_TOKEN_EXPIRED,
      "Bearer error=\"invalid_token\", error_description=\"The access token expired\""),
  INSUFFICIENT_ROLE(
      ProblemCode.FORBIDDEN,
      "Bearer error=\"insufficient_scope\", error_description=\"The access token does not allow"
          + " this\"");

  /**
   * Tells a client that exchanging its refresh token is worth while. Only sent for a token whose
   * signature is ours.
   */
  private static final String TOKEN_EXPIRED = "Token-Expired";

  private static final String ATTRIBUTE = BearerChallenge.class.getName();

  private final ProblemCode code;
  private final String wwwAuthenticate;

  BearerChallenge(ProblemCode code, String wwwAuthenticate) {
    this.code = code;
    this.wwwAuthenticate = wwwAuthenticate;
  }

  /** What was noted on the request, or that there was no token. */
  public static BearerChallenge of(HttpRequest<?> request) {
    return request.getAttribute(ATTRIBUTE, BearerChallenge.class).orElse(NO_TOKEN);
  }

  /** The code of the problem. */
  String reason() {
    return code.code();
  }

  void noteOn(HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  public MutableHttpResponse<Problem> response() {
    MutableHttpResponse<Problem> response = response(wwwAuthenticate);
    return this == EXPIRED_TOKEN ? response.header(TOKEN_EXPIRED, "true") : response;
  }

  /**
   * The answer to {@link #INSUFFICIENT_ROLE} that names the role, as the scope that is needed (RFC
   * 6750 §3). A scope names all that is needed; of several roles any one would do.
   */
  public static MutableHttpResponse<Problem> rolesNeeded(List<String> roles) {
    return roles.size() == 1
        ? INSUFFICIENT_ROLE.response(
            INSUFFICIENT_ROLE.wwwAuthenticate + ", scope=\"" + roles.getFirst() + '"')
        : INSUFFICIENT_ROLE.response();
  }

  private MutableHttpResponse<Problem> response(String challenge) {
    MutableHttpResponse<Problem> response = Problem.response(code);
    response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
    return response;
  }
}
