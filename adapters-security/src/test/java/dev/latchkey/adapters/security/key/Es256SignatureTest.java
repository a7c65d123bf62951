package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import dev.latchkey.domain.key.SigningAlgorithm;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shows with the JDK that a signature which is rejected for its spelling is valid by plain ECDSA.
 * Signatures with numbers that no signer meets by chance are made by choosing the signature first
 * and computing the public key from it.
 */
@ParameterizedClass
@FieldSource("dev.latchkey.adapters.security.key.SigningKeyPairTest#PROVIDERS")
final class Es256SignatureTest {

  private static final byte[] CONTENT = "header.payload".getBytes(US_ASCII);
  private static final BigInteger ORDER = Curve.P_256.toECParameterSpec().getOrder();
  private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);
  private static final BigInteger ONE = BigInteger.ONE;

  /** What an uncompressed point follows in the encoding of a public key on P-256 (RFC 5480 §2). */
  private static final byte[] SPKI_OF_P256 =
      Hex.decode("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private static final BigInteger R = smallestAbscissa();

  static final List<BigInteger> LOW =
      List.of(ONE, BigInteger.TWO, HALF_ORDER.subtract(ONE), HALF_ORDER);
  static final List<BigInteger> HIGH =
      List.of(
          HALF_ORDER.add(ONE),
          HALF_ORDER.add(BigInteger.TWO),
          ORDER.subtract(BigInteger.TWO),
          ORDER.subtract(ONE));
  private static final List<BigInteger> OUT_OF_RANGE =
      List.of(BigInteger.ZERO, ORDER, ORDER.add(ONE), ONE.shiftLeft(256).subtract(ONE));

  private final SecureRandom random = new SecureRandom();
  private final SignatureProvider provider;

  Es256SignatureTest(SignatureProvider provider) {
    this.provider = provider;
  }

  /** Half of all ECDSA signatures have a high s, so a signer that does not normalize fails here. */
  @Test
  void isWrittenWithALowSAndAcceptedByPlainEcdsa() throws Exception {
    SigningKeyPair made = SigningKeyPair.generate(SigningAlgorithm.ES256, random);
    SigningKeyPair key =
        SigningKeyPair.decode(
            made.algorithm(), provider, made.encodedPublicKey(), made.encodedPrivateKey());
    for (int i = 0; i < 64; i++) {
      byte[] content = {(byte) i};
      byte[] signature = key.sign(content);

      assertThat(signature).hasSize(64);
      assertThat(new BigInteger(1, signature, 32, 32)).isLessThanOrEqualTo(HALF_ORDER);
      assertThat(isValidByPlainEcdsa(key, content, signature)).isTrue();
      assertThat(key.verifies(content, signature)).isTrue();
    }
  }

  @ParameterizedTest
  @FieldSource("LOW")
  void isAcceptedUpToHalfTheOrder(BigInteger s) throws Exception {
    SigningKeyPair key = keyThatSigned(R, s);

    assertThat(isValidByPlainEcdsa(key, CONTENT, bytes(R, s, 32))).isTrue();
    assertThat(verifies(key, bytes(R, s, 32))).isTrue();
  }

  @ParameterizedTest
  @FieldSource("HIGH")
  void isRefusedAboveHalfTheOrder(BigInteger s) throws Exception {
    SigningKeyPair key = keyThatSigned(R, s);

    assertThat(isValidByPlainEcdsa(key, CONTENT, bytes(R, s, 32))).isTrue();
    assertThat(verifies(key, bytes(R, s, 32))).isFalse();
    assertThat(verifies(key, Es256Signature.inOneSpelling(bytes(R, s, 32)))).isTrue();
  }

  /** RFC 7518 §3.4 requires 32 bytes for each number, however few it needs. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 16, 24, 31})
  void isRefusedWithoutItsLeadingZeros(int length) throws Exception {
    SigningKeyPair key = keyThatSigned(R, ONE);

    assertThat(isValidByPlainEcdsa(key, CONTENT, bytes(R, ONE, length))).isTrue();
    assertThat(verifies(key, bytes(R, ONE, length))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 34, 40, 64, 2048})
  void isRefusedWithMoreLeadingZeros(int length) {
    assertThat(verifies(keyThatSigned(R, ONE), bytes(R, ONE, length))).isFalse();
  }

  @Test
  void isRefusedWithBytesBeforeOrAfterIt() {
    SigningKeyPair key = keyThatSigned(R, ONE);
    byte[] signature = bytes(R, ONE, 32);

    for (int more : new int[] {1, 2, 64}) {
      byte[] preceded = new byte[64 + more];
      System.arraycopy(signature, 0, preceded, more, 64);
      assertThat(verifies(key, preceded)).isFalse();
      assertThat(verifies(key, Arrays.copyOf(signature, 64 + more))).isFalse();
    }
  }

  /**
   * Numbers that are equal modulo the order, or with which a verifier that checks no range accepts
   * everything.
   */
  @Test
  void isRefusedOutOfRange() {
    SigningKeyPair key = keyThatSigned(R, ONE);

    assertThat(verifies(key, bytes(R.add(ORDER), ONE, 32))).isFalse();
    assertThat(verifies(key, bytes(R, ORDER.add(ONE), 32))).isFalse();
    for (BigInteger wrong : OUT_OF_RANGE) {
      assertThat(verifies(key, bytes(wrong, ONE, 32))).isFalse();
      assertThat(verifies(key, bytes(R, wrong, 32))).isFalse();
      assertThat(verifies(key, bytes(wrong, wrong, 32))).isFalse();
    }
  }

  private static boolean verifies(SigningKeyPair key, byte[] signature) {
    return key.verifies(CONTENT, signature);
  }

  private static boolean isValidByPlainEcdsa(SigningKeyPair key, byte[] content, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
    verifier.initVerify(key.publicKey());
    verifier.update(content);
    return verifier.verify(signature);
  }

  private static byte[] bytes(BigInteger r, BigInteger s, int length) {
    byte[] signature = Arrays.copyOf(BigIntegers.asUnsignedByteArray(length, r), 2 * length);
    System.arraycopy(BigIntegers.asUnsignedByteArray(length, s), 0, signature, length, length);
    return signature;
  }

  /**
   * The key whose signature of the content is (r, s); its private key is nobody's (SEC 1, version
   * 2.0, §4.1.6).
   */
  private SigningKeyPair keyThatSigned(BigInteger r, BigInteger s) {
    try {
      X9ECParameters p256 = CustomNamedCurves.getByName("P-256");
      BigInteger digest = new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(CONTENT));
      ECPoint sum = pointOf(r).multiply(s).subtract(p256.getG().multiply(digest.mod(ORDER)));
      byte[] publicKey = sum.multiply(r.modInverse(ORDER)).getEncoded(false);
      byte[] x509 = ByteBuffer.allocate(91).put(SPKI_OF_P256).put(publicKey).array();
      return SigningKeyPairTest.verifierWith(SigningAlgorithm.ES256, provider, x509);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static ECPoint pointOf(BigInteger abscissa) {
    byte[] encoded = Hex.decode("02" + "0".repeat(64));
    byte[] x = BigIntegers.asUnsignedByteArray(32, abscissa);
    System.arraycopy(x, 0, encoded, 1, x.length);
    return CustomNamedCurves.getByName("P-256").getCurve().decodePoint(encoded);
  }

  private static BigInteger smallestAbscissa() {
    for (BigInteger x = ONE; ; x = x.add(ONE)) {
      try {
        var _ = pointOf(x);
        return x;
      } catch (IllegalArgumentException _) {
        // There is no such point on the curve.
      }
    }
  }
}
