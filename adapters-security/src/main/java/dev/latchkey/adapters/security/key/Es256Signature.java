package dev.latchkey.adapters.security.key;

import com.nimbusds.jose.jwk.Curve;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The one spelling of an ES256 signature that this service issues and accepts: r and s of 32 bytes
 * each (RFC 7518 §3.4), and s at most half the order n of the curve. ECDSA alone accepts (r, n − s)
 * wherever it accepts (r, s), and anybody can compute the one from the other; so every token would
 * have two spellings. Any other verifier accepts ours as well.
 */
final class Es256Signature {

  private static final int COORDINATE_LENGTH = 32;
  private static final int LENGTH = 2 * COORDINATE_LENGTH;
  private static final BigInteger ORDER = Curve.P_256.toECParameterSpec().getOrder();
  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private Es256Signature() {}

  /**
   * The same signature in its one spelling.
   *
   * @param signature as an ECDSA signer makes it in IEEE P1363 format: r and s of 32 bytes each
   */
  static byte[] inOneSpelling(byte[] signature) {
    if (isInOneSpelling(signature)) {
      return signature;
    }
    byte[] low = ORDER.subtract(s(signature)).toByteArray();
    byte[] respelled = Arrays.copyOf(signature, LENGTH);
    Arrays.fill(respelled, COORDINATE_LENGTH, LENGTH, (byte) 0);
    // A number below half the order fits in 32 bytes with its sign.
    System.arraycopy(low, 0, respelled, LENGTH - low.length, low.length);
    return respelled;
  }

  /** Whether the signature is spelled so; whether it is valid is another question. */
  static boolean isInOneSpelling(byte[] signature) {
    return signature.length == LENGTH && s(signature).compareTo(HALF_ORDER) <= 0;
  }

  private static BigInteger s(byte[] signature) {
    return new BigInteger(1, signature, COORDINATE_LENGTH, COORDINATE_LENGTH);
  }
}
