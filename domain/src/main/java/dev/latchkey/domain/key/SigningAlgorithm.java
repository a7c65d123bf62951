package dev.latchkey.domain.key;

import java.util.Arrays;
import java.util.Optional;

/** How access tokens are signed. A key is for one algorithm only. */
public enum SigningAlgorithm {

  /** ECDSA on the curve P-256 with SHA-256 (RFC 7518 §3.4). */
  ES256("ES256"),

  /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3). */
  RS256("RS256"),

  /** Ed25519 (RFC 8037 §3.1). */
  EDDSA("EdDSA");

  private final String jwsName;

  SigningAlgorithm(String jwsName) {
    this.jwsName = jwsName;
  }

  /** The name that is registered for the {@code alg} of a JWS. */
  public String jwsName() {
    return jwsName;
  }

  /** Nothing if no algorithm here has that name; case matters (RFC 7515 §4.1.1). */
  public static Optional<SigningAlgorithm> ofJwsName(String name) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.jwsName.equals(name)).findFirst();
  }
}
