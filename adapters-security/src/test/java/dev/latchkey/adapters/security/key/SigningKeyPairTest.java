package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.domain.key.SigningAlgorithm;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Whoever computes the signatures. */
@ParameterizedClass
@FieldSource("PROVIDERS")
final class SigningKeyPairTest {

  static final List<SignatureProvider> PROVIDERS =
      List.of(SignatureProvider.JDK, SignatureProvider.fastest());

  private static final byte[] CONTENT = "e30.e30".getBytes(US_ASCII);

  /** A new RSA key is a matter of seconds. */
  private static final Map<SigningAlgorithm, SigningKeyPair> ONE = generateOfEach();

  private static final Map<SigningAlgorithm, SigningKeyPair> ANOTHER = generateOfEach();

  private final SignatureProvider provider;

  SigningKeyPairTest(SignatureProvider provider) {
    this.provider = provider;
  }

  private static Map<SigningAlgorithm, SigningKeyPair> generateOfEach() {
    return Arrays.stream(SigningAlgorithm.values())
        .collect(
            Collectors.toMap(
                algorithm -> algorithm,
                algorithm -> SigningKeyPair.generate(algorithm, new SecureRandom())));
  }

  @ParameterizedTest
  @EnumSource
  void verifiesWhatItHasSignedAndNothingElse(SigningAlgorithm algorithm) throws Exception {
    SigningKeyPair pair = made(algorithm);
    byte[] signature = pair.sign(CONTENT);

    assertThat(pair.verifies(CONTENT, signature)).isTrue();
    assertThat(another(algorithm).verifies(CONTENT, signature)).isFalse();
    assertThat(pair.verifies("other".getBytes(US_ASCII), signature)).isFalse();
    for (int bit = 0; bit < 16; bit++) {
      byte[] changed = signature.clone();
      changed[bit * 4 % changed.length] ^= (byte) (1 << bit % 8);
      assertThat(pair.verifies(CONTENT, changed)).isFalse();
    }
    for (int length : new int[] {0, 1, signature.length - 1, signature.length + 1, 4096}) {
      assertThat(pair.verifies(CONTENT, Arrays.copyOf(signature, length))).isFalse();
    }
    assertThat(pair.verifies(CONTENT, new byte[signature.length])).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"ES256, 64", "RS256, 384", "EDDSA, 64"})
  void signsAsItsAlgorithmSays(SigningAlgorithm algorithm, int length) throws Exception {
    assertThat(made(algorithm).sign(CONTENT)).hasSize(length);
  }

  /** As earlier versions made them. */
  @Test
  void goesOnSigningWithAnRsaKeyOf2048Bits() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair old = generator.generateKeyPair();

    SigningKeyPair pair =
        SigningKeyPair.decode(
            SigningAlgorithm.RS256,
            provider,
            old.getPublic().getEncoded(),
            old.getPrivate().getEncoded());

    assertThat(pair.sign(CONTENT)).hasSize(256);
    assertThat(pair.verifies(CONTENT, pair.sign(CONTENT))).isTrue();
  }

  /** Nimbus needs another library for Ed25519; the end-to-end tests show that one. */
  @ParameterizedTest
  @EnumSource(names = {"ES256", "RS256"})
  void isVerifiedByAnotherLibrary(SigningAlgorithm algorithm) throws Exception {
    SigningKeyPair pair = made(algorithm);

    var header = new JWSHeader(JWSAlgorithm.parse(algorithm.jwsName()));
    Base64URL signature = Base64URL.encode(pair.sign(CONTENT));
    assertThat(verifierFor(pair).verify(header, CONTENT, signature)).isTrue();
  }

  private static JWSVerifier verifierFor(SigningKeyPair pair) throws JOSEException {
    return switch (pair.publicKey()) {
      case ECPublicKey key -> new ECDSAVerifier(key);
      case RSAPublicKey key -> new RSASSAVerifier(key);
      default -> throw new AssertionError("of another kind");
    };
  }

  /** RFC 7517 §4, RFC 7518 §6.2 and §6.3, RFC 8037 §2. */
  @ParameterizedTest
  @CsvSource({
    "ES256, alg crv kid kty use x y",
    "RS256, alg e kid kty n use",
    "EDDSA, alg crv kid kty use x"
  })
  void publishesThePublicMembersAndNoOthers(SigningAlgorithm algorithm, String members)
      throws Exception {
    SigningKeyPair pair = made(algorithm);

    Map<String, String> jwk = pair.verificationKey().jwk();

    assertThat(jwk.keySet()).containsExactly(members.split(" "));
    assertThat(jwk)
        .containsEntry("kid", pair.id())
        .containsEntry("use", "sig")
        .containsEntry("alg", algorithm.jwsName());
    assertThat(JWK.parse(Map.copyOf(jwk)).computeThumbprint()).hasToString(pair.id());
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameAfterItWasDecoded(SigningAlgorithm algorithm) throws Exception {
    SigningKeyPair pair = made(algorithm);

    SigningKeyPair decoded =
        SigningKeyPair.decode(
            algorithm, provider, pair.encodedPublicKey(), pair.encodedPrivateKey());

    assertThat(decoded.id()).isEqualTo(pair.id());
    assertThat(decoded.algorithm()).isEqualTo(algorithm);
    assertThat(pair.verifies(CONTENT, decoded.sign(CONTENT))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void verifiesWhatAnotherProviderHasSigned(SigningAlgorithm algorithm) {
    SigningKeyPair made = Objects.requireNonNull(ONE.get(algorithm));
    SigningKeyPair pair = decoded(made);

    assertThat(made.verifies(CONTENT, pair.sign(CONTENT))).isTrue();
    assertThat(pair.verifies(CONTENT, made.sign(CONTENT))).isTrue();
  }

  /** The key and its thumbprint are those of RFC 8037, appendices A.2 and A.3. */
  @Test
  void namesAnEd25519KeyAsTheStandardDoes() {
    byte[] x509 =
        new BigInteger(
                "302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                16)
            .toByteArray();

    assertThat(verifierWith(SigningAlgorithm.EDDSA, provider, x509).id())
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
        SigningKeyPair pair = made(other);
        assertThatIllegalStateException()
            .isThrownBy(
                () ->
                    SigningKeyPair.decode(
                        algorithm, provider, pair.encodedPublicKey(), pair.encodedPrivateKey()));
      }
    }
  }

  @Test
  void printsNoPrivateKey() {
    SigningKeyPair pair = made(SigningAlgorithm.ES256);

    assertThat(pair).hasToString("SigningKeyPair[id=" + pair.id() + "]");
  }

  private void assertNotTaken(SigningAlgorithm algorithm, KeyPair pair) {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SigningKeyPair.decode(
                    algorithm,
                    provider,
                    pair.getPublic().getEncoded(),
                    pair.getPrivate().getEncoded()))
        .withNoCause();
  }

  private SigningKeyPair made(SigningAlgorithm algorithm) {
    return decoded(Objects.requireNonNull(ONE.get(algorithm)));
  }

  private SigningKeyPair another(SigningAlgorithm algorithm) {
    return decoded(Objects.requireNonNull(ANOTHER.get(algorithm)));
  }

  private SigningKeyPair decoded(SigningKeyPair pair) {
    return SigningKeyPair.decode(
        pair.algorithm(), provider, pair.encodedPublicKey(), pair.encodedPrivateKey());
  }

  /**
   * A pair with that public key and a private key that does not belong to it: it verifies and signs
   * nothing of use.
   *
   * @param x509 the public key, DER
   */
  static SigningKeyPair verifierWith(
      SigningAlgorithm algorithm, SignatureProvider provider, byte[] x509) {
    byte[] anyPrivateKey =
        SigningKeyPair.generate(algorithm, new SecureRandom()).encodedPrivateKey();
    return SigningKeyPair.decode(algorithm, provider, x509, anyPrivateKey);
  }
}
