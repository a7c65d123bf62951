package dev.latchkey.resourceserver;

import dev.latchkey.resourceserver.Decision.Refused;

/** The refusals and their challenges (RFC 6750 §3, RFC 9449 §7.1). */
final class Challenges {

  private static final String ALGORITHMS = "algs=\"" + String.join(" ", Proofs.ALGORITHMS) + "\"";

  private Challenges() {}

  /** For a call without an access token. It does not know which kind it would have. */
  static Refused accessTokenRequired() {
    return new Refused(401, "Bearer, DPoP " + ALGORITHMS);
  }

  static Refused invalidRequest(String description) {
    return new Refused(400, "Bearer " + error("invalid_request", description));
  }

  static Refused invalidToken(Scheme scheme, String description) {
    return new Refused(401, challenge(scheme, "invalid_token", description));
  }

  static Refused invalidProof(String description) {
    return new Refused(401, challenge(Scheme.DPOP, "invalid_dpop_proof", description));
  }

  static Refused insufficientScope(Scheme scheme) {
    return new Refused(
        403, challenge(scheme, "insufficient_scope", "The token lacks the role for this."));
  }

  private static String challenge(Scheme scheme, String code, String description) {
    return switch (scheme) {
      case BEARER -> "Bearer " + error(code, description);
      case DPOP -> "DPoP " + error(code, description) + ", " + ALGORITHMS;
    };
  }

  /**
   * The description is always a text of ours, without quotes: nothing that a caller sent is
   * repeated.
   */
  private static String error(String code, String description) {
    return "error=\"" + code + "\", error_description=\"" + description + "\"";
  }
}
