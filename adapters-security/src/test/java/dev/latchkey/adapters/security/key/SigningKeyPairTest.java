package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.adapters.security.Samples;
import dev.latchkey.domain.key.SigningAlgorithm;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SigningKeyPairTest {

  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final Payload PAYLOAD = new Payload("{\"sub\":\"ada\"}");

  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @EnumSource
  void verifiesWhatItHasSignedAndNothingElse(SigningAlgorithm algorithm) throws Exception {
    SigningKeyPair pair = generate(algorithm);
    JWSObject token = JWSObject.parse(pair.sign(TYPE, PAYLOAD));
    byte[] content = token.getSigningInput();
    byte[] signature = token.getSignature().decode();

    assertThat(pair.verifies(content, token.getSignature())).isTrue();
    assertThat(generate(algorithm).verifies(content, token.getSignature())).isFalse();
    assertThat(pair.verifies("other".getBytes(US_ASCII), token.getSignature())).isFalse();
    for (int bit = 0; bit < 16; bit++) {
      byte[] changed = signature.clone();
      changed[bit * 4 % changed.length] ^= (byte) (1 << bit % 8);
      assertThat(pair.verifies(content, Base64URL.encode(changed))).isFalse();
    }
    for (int length : new int[] {0, 1, signature.length - 1, signature.length + 1, 4096}) {
      assertThat(pair.verifies(content, Base64URL.encode(Arrays.copyOf(signature, length))))
          .isFalse();
    }
    assertThat(pair.verifies(content, Base64URL.encode(new byte[signature.length]))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ES256, 64", "RS256, 256", "EDDSA, 64"})
  void signsAsItsAlgorithmSays(SigningAlgorithm algorithm, int length) throws Exception {
    SigningKeyPair pair = generate(algorithm);

    JWSObject token = JWSObject.parse(pair.sign(TYPE, PAYLOAD));

    assertThat(token.getHeader().toJSONObject())
        .containsOnly(
            Map.entry("alg", algorithm.jwsName()),
            Map.entry("typ", "at+jwt"),
            Map.entry("kid", pair.id()));
    assertThat(token.getPayload().toString()).isEqualTo(PAYLOAD.toString());
    assertThat(token.getSignature().decode()).hasSize(length);
  }

  /** Nimbus needs another library for Ed25519; the end-to-end tests show that one. */
  @ParameterizedTest
  @EnumSource(names = {"ES256", "RS256"})
  void isVerifiedByAnotherLibrary(SigningAlgorithm algorithm) throws Exception {
    SigningKeyPair pair = generate(algorithm);

    assertThat(JWSObject.parse(pair.sign(TYPE, PAYLOAD)).verify(verifierFor(pair))).isTrue();
  }

  private static JWSVerifier verifierFor(SigningKeyPair pair) throws JOSEException {
    return switch (pair.verificationKey().key()) {
      case ECPublicKey key -> new ECDSAVerifier(key);
      case RSAPublicKey key -> new RSASSAVerifier(key);
      default -> throw new AssertionError("of another kind");
    };
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameAfterItWasDecoded(SigningAlgorithm algorithm) throws Exception {
    SigningKeyPair pair = generate(algorithm);

    SigningKeyPair decoded =
        SigningKeyPair.decode(7, algorithm, pair.encodedPublicKey(), pair.encodedPrivateKey());

    assertThat(decoded.id()).isEqualTo(pair.id());
    assertThat(decoded.algorithm()).isEqualTo(algorithm.jwsName());
    JWSObject token = JWSObject.parse(decoded.sign(TYPE, PAYLOAD));
    assertThat(pair.verifies(token.getSigningInput(), token.getSignature())).isTrue();
  }

  /** The key and its thumbprint are those of RFC 8037, appendices A.2 and A.3. */
  @Test
  void namesAnEd25519KeyAsTheStandardDoes() {
    byte[] x509 =
        new BigInteger(
                "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                16)
            .toByteArray();

    assertThat(Samples.verifierWith(SigningAlgorithm.EDDSA, x509).id())
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @Test
  void doesNotTakeAKeyOnAnotherCurve() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));
    assertNotTaken(SigningAlgorithm.ES256, generator.generateKeyPair());
    assertNotTaken(SigningAlgorithm.EDDSA, KeyPairGenerator.getInstance("Ed448").generateKeyPair());
  }

  @ParameterizedTest
  @EnumSource
  void doesNotTakeTheKeyOfAnotherAlgorithm(SigningAlgorithm algorithm) {
    for (SigningAlgorithm other : SigningAlgorithm.values()) {
      if (other != algorithm) {
        SigningKeyPair pair = generate(other);
        assertThatIllegalStateException()
            .isThrownBy(
                () ->
                    SigningKeyPair.decode(
                        1, algorithm, pair.encodedPublicKey(), pair.encodedPrivateKey()));
      }
    }
  }

  @Test
  void printsNoPrivateKey() {
    SigningKeyPair pair = generate(SigningAlgorithm.ES256);

    assertThat(pair).hasToString("SigningKeyPair[number=1, id=" + pair.id() + "]");
  }

  private static void assertNotTaken(SigningAlgorithm algorithm, KeyPair pair) {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SigningKeyPair.decode(
                    1, algorithm, pair.getPublic().getEncoded(), pair.getPrivate().getEncoded()))
        .withNoCause();
  }

  private SigningKeyPair generate(SigningAlgorithm algorithm) {
    return SigningKeyPair.generate(1, algorithm, random);
  }
}
