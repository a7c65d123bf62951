package dev.latchkey.application.port.out.key;

import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.domain.key.SigningAlgorithm;

/**
 * A signing key whose private part this node has in clear. It signs and verifies, and never reveals
 * that part.
 */
public interface OpenedSigningKey {

  /** The {@code kid}: the key's thumbprint (RFC 7638), the same wherever it is computed. */
  String id();

  SigningAlgorithm algorithm();

  /**
   * The signature of the content in the format of a JWS (RFC 7518 §3.3 and §3.4, RFC 8037 §3.1).
   */
  byte[] sign(byte[] content);

  /**
   * Whether this key signed that content by its own algorithm, and the signature is spelled as
   * {@link #sign} spells it.
   */
  boolean verifies(byte[] content, byte[] signature);

  /** The public part. */
  VerificationKey verificationKey();
}
