package dev.latchkey.adapters.web.bearer;

import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.proof.Proofs;
import dev.latchkey.domain.token.TokenType;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.util.List;

/**
 * The 401 and 403 responses to callers without an access token, or without the right one (RFC 6750
 * §3, and with a token that is bound to a key RFC 9449 §7.1).
 */
public enum BearerChallenge {
  /** Without a token there is nothing to say about it (RFC 6750 §3.1). */
  NO_TOKEN(ProblemCode.ACCESS_TOKEN_REQUIRED, "", ""),
  INVALID_TOKEN(ProblemCode.INVALID_ACCESS_TOKEN, "invalid_token", "The access token is not valid"),
  EXPIRED_TOKEN(ProblemCode.ACCESS_TOKEN_EXPIRED, "invalid_token", "The access token expired"),
  INVALID_PROOF(
      ProblemCode.INVALID_DPOP_PROOF, "invalid_dpop_proof", "The DPoP proof is not valid"),
  NONCE_NEEDED(ProblemCode.USE_DPOP_NONCE, "use_dpop_nonce", "The DPoP proof needs the nonce"),
  INSUFFICIENT_ROLE(
      ProblemCode.FORBIDDEN, "insufficient_scope", "The access token does not allow this");

  /**
   * Tells a client that exchanging its refresh token is worth while. Only sent for a token whose
   * signature is ours.
   */
  private static final String TOKEN_EXPIRED = "Token-Expired";

  private static final String ATTRIBUTE = BearerChallenge.class.getName();

  private final ProblemCode code;
  private final String error;
  private final String description;

  BearerChallenge(ProblemCode code, String error, String description) {
    this.code = code;
    this.error = error;
    this.description = description;
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

  /** In the scheme that the request used. */
  public MutableHttpResponse<Problem> response(HttpRequest<?> request) {
    return answer(schemeOf(request), "");
  }

  /** In the scheme of bearer tokens. */
  public MutableHttpResponse<Problem> response() {
    return answer(TokenType.BEARER, "");
  }

  private static TokenType schemeOf(HttpRequest<?> request) {
    return DpopTokenReader.isUsedBy(request) ? TokenType.DPOP : TokenType.BEARER;
  }

  /**
   * The answer to {@link #INSUFFICIENT_ROLE} that names the role, as the scope that is needed (RFC
   * 6750 §3). A scope names all that is needed; of several roles any one would do.
   */
  static MutableHttpResponse<Problem> rolesNeeded(HttpRequest<?> request, List<String> roles) {
    return rolesNeeded(schemeOf(request), roles);
  }

  /** The same in the scheme of bearer tokens. */
  public static MutableHttpResponse<Problem> rolesNeeded(List<String> roles) {
    return rolesNeeded(TokenType.BEARER, roles);
  }

  private static MutableHttpResponse<Problem> rolesNeeded(TokenType scheme, List<String> roles) {
    return INSUFFICIENT_ROLE.answer(
        scheme, roles.size() == 1 ? ", scope=\"" + roles.getFirst() + '"' : "");
  }

  private MutableHttpResponse<Problem> answer(TokenType scheme, String more) {
    String challenge = challenge(scheme) + more;
    if (code.status() == HttpStatus.BAD_REQUEST) {
      return Problem.unauthorized(code, challenge);
    }
    MutableHttpResponse<Problem> response = Problem.response(code);
    response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge);
    return this == EXPIRED_TOKEN ? response.header(TOKEN_EXPIRED, "true") : response;
  }

  private String challenge(TokenType scheme) {
    String parameters =
        error.isEmpty()
            ? ""
            : " error=\"%s\", error_description=\"%s\"".formatted(error, description);
    return scheme == TokenType.DPOP
        ? scheme.text() + parameters + (error.isEmpty() ? " " : ", ") + Proofs.ALGORITHMS
        : scheme.text() + parameters;
  }
}
