package dev.latchkey.adapters.security.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.application.port.out.session.KeyProofs.Reading;
import dev.latchkey.domain.session.KeyProof;
import dev.latchkey.domain.session.KeyThumbprint;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By the JDK and by native code, which reject the same. */
@ParameterizedClass
@FieldSource("PROVIDERS")
final class DpopProofsTest {

  static final List<SignatureProvider> PROVIDERS =
      List.of(SignatureProvider.JDK, SignatureProvider.fastest());

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ECKey KEY = ec(Curve.P_256);
  private static final ECKey OTHER_KEY = ec(Curve.P_256);

  /** A new one is a matter of seconds. */
  private static final RSAKey RSA = generateRsa();

  private final DpopProofs proofs;

  DpopProofsTest(SignatureProvider provider) {
    this.proofs = new DpopProofs(provider);
  }

  @Test
  void sayWhatWasSigned() throws JOSEException {
    assertThat(read(JWSAlgorithm.ES256, KEY, KEY, UnaryOperator.identity()))
        .isEqualTo(
            new Reading.Signed(
                new KeyThumbprint(KEY.computeThumbprint().toString()),
                "POST",
                "https://auth.example.org/oauth2/token",
                NOW,
                "hash",
                "nonce"));
  }

  @Test
  void areAcceptedWithEveryAlgorithmThatIsNamed() throws JOSEException {
    assertThat(KeyProof.ALGORITHMS).containsExactly("ES256", "ES384", "ES512", "PS256", "RS256");
    assertThat(readBy(JWSAlgorithm.ES256, KEY)).isInstanceOf(Reading.Signed.class);
    assertThat(readBy(JWSAlgorithm.ES384, ec(Curve.P_384))).isInstanceOf(Reading.Signed.class);
    assertThat(readBy(JWSAlgorithm.ES512, ec(Curve.P_521))).isInstanceOf(Reading.Signed.class);
    assertThat(readBy(JWSAlgorithm.PS256, RSA)).isInstanceOf(Reading.Signed.class);
    assertThat(readBy(JWSAlgorithm.RS256, RSA)).isInstanceOf(Reading.Signed.class);
  }

  /** The JDK takes ten times as long for the curves, and anybody may send a proof. */
  @ParameterizedTest
  @ValueSource(strings = {"ES256", "ES384", "ES512", "PS256", "RS256"})
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void areVerifiedByNativeCodeWhereThereIsSome(String algorithm) {
    var fastest = new DpopProofs(SignatureProvider.fastest());

    assertThat(fastest.nativeCodeFor(JWSAlgorithm.parse(algorithm))).isPresent();
    assertThat(new DpopProofs(SignatureProvider.JDK).nativeCodeFor(JWSAlgorithm.parse(algorithm)))
        .isEmpty();
  }

  /** Native code has objections of its own; none of them may be a failure of the service. */
  @Test
  void areRejectedWithAnRsaKeyThatIsNone() throws JOSEException {
    BigInteger modulus = RSA.getModulus().decodeToBigInteger();

    for (RSAKey named :
        List.of(
            rsa(modulus.subtract(BigInteger.ONE), BigInteger.valueOf(65_537)),
            rsa(modulus, BigInteger.ZERO),
            rsa(modulus, BigInteger.ONE),
            rsa(modulus, BigInteger.TWO),
            rsa(modulus, modulus.subtract(BigInteger.TWO)),
            rsa(modulus, modulus.add(BigInteger.TWO)))) {
      assertThat(rejection(read(JWSAlgorithm.RS256, RSA, named, UnaryOperator.identity())))
          .isNotEmpty();
      assertThat(rejection(read(JWSAlgorithm.PS256, RSA, named, UnaryOperator.identity())))
          .isNotEmpty();
    }
  }

  @Test
  void areRejectedWithAnotherAlgorithm() throws JOSEException {
    OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).generate();

    assertThat(rejection(readBy(JWSAlgorithm.HS256, secret))).startsWith("alg must be one of");
    assertThat(rejection(readBy(JWSAlgorithm.RS512, RSA))).startsWith("alg must be one of");
    // {"alg":"none","typ":"dpop+jwt"}
    assertThat(rejection(proofs.read("eyJhbGciOiJub25lIiwidHlwIjoiZHBvcCtqd3QifQ.e30.")))
        .isNotEmpty();
  }

  @Test
  void areRejectedWhenAnotherKeySignedThem() throws JOSEException {
    assertThat(rejection(read(JWSAlgorithm.ES256, OTHER_KEY, KEY, UnaryOperator.identity())))
        .isEqualTo("the signature is not one of the key in jwk");
  }

  @Test
  void areRejectedWithThePrivateKeyInThem() throws JOSEException {
    String header = "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + KEY.toJSONString() + "}";
    String content = Base64URL.encode(header) + "." + claims().build().toPayload().toBase64URL();
    Base64URL signature =
        new ECDSASigner(KEY).sign(new JWSHeader(JWSAlgorithm.ES256), content.getBytes(US_ASCII));
    String proof = content + "." + signature;

    assertThat(rejection(proofs.read(proof))).isNotEmpty().doesNotContain(KEY.getD().toString());
  }

  @Test
  void areRejectedWithoutAKey() throws JOSEException {
    assertThat(rejection(read(JWSAlgorithm.ES256, KEY, null, UnaryOperator.identity())))
        .isEqualTo("jwk is missing");
  }

  @Test
  void areRejectedWithAnRsaKeyThatIsTooShortOrCostsTooMuch() throws JOSEException {
    for (int bits : new int[] {1024, 2040, 4104, 5120}) {
      RSAKey named = rsa(BigInteger.ONE.shiftLeft(bits - 1).setBit(0), BigInteger.valueOf(65_537));

      assertThat(rejection(read(JWSAlgorithm.RS256, RSA, named, UnaryOperator.identity())))
          .isEqualTo("an RSA key must have 2048 to 4096 bits");
    }
  }

  @Test
  void areRejectedWithAnotherType() throws JOSEException {
    String proof =
        serialized(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .jwk(KEY.toPublicJWK())
                .build(),
            KEY,
            claims().build());

    assertThat(rejection(proofs.read(proof))).isEqualTo("typ must be dpop+jwt");
  }

  @Test
  void areRejectedWithAnExtensionThatMustBeUnderstood() throws JOSEException {
    String proof =
        serialized(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(KEY.toPublicJWK())
                .criticalParams(Set.of("exp"))
                .build(),
            KEY,
            claims().build());

    assertThat(rejection(proofs.read(proof))).isEqualTo("crit and b64 are not supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"htm", "htu", "iat", "jti"})
  void areRejectedWithoutAClaimThatIsRequired(String claim) throws JOSEException {
    assertThat(rejection(read(JWSAlgorithm.ES256, KEY, KEY, claims -> claims.claim(claim, null))))
        .isEqualTo("htm, htu, iat and jti are required");
  }

  @Test
  void areRejectedWithAClaimOfAnotherType() throws JOSEException {
    assertThat(rejection(read(JWSAlgorithm.ES256, KEY, KEY, claims -> claims.claim("htm", 1))))
        .isNotEmpty();
    assertThat(rejection(read(JWSAlgorithm.ES256, KEY, KEY, claims -> claims.claim("iat", "now"))))
        .isNotEmpty();
    assertThat(rejection(read(JWSAlgorithm.ES256, KEY, KEY, claims -> claims.claim("nonce", 1))))
        .isNotEmpty();
  }

  @Test
  void areRejectedIfTheyAreHuge() throws JOSEException {
    assertThat(
            rejection(
                read(
                    JWSAlgorithm.ES256,
                    KEY,
                    KEY,
                    claims -> claims.claim("filler", "a".repeat(4096)))))
        .isEqualTo("a proof has at most 4096 characters");
    assertThat(
            rejection(read(JWSAlgorithm.ES256, KEY, KEY, claims -> claims.jwtID("a".repeat(256)))))
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a.b.c", "..", "e30.e30.e30", "\u0000", "{}"})
  void areRejectedIfTheyAreAnythingElse(String text) {
    assertThat(rejection(proofs.read(text))).isNotEmpty();
  }

  private Reading readBy(JWSAlgorithm algorithm, JWK key) throws JOSEException {
    return read(algorithm, key, key, UnaryOperator.identity());
  }

  private Reading read(
      JWSAlgorithm algorithm,
      JWK signing,
      @Nullable JWK named,
      UnaryOperator<JWTClaimsSet.Builder> change)
      throws JOSEException {
    var header = new JWSHeader.Builder(algorithm).type(new JOSEObjectType("dpop+jwt"));
    if (named != null && named.toPublicJWK() != null) {
      header.jwk(named.toPublicJWK());
    }
    return proofs.read(serialized(header.build(), signing, change.apply(claims()).build()));
  }

  @SuppressWarnings("JavaUtilDate") // the library's
  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .jwtID("1")
        .claim("htm", "POST")
        .claim("htu", "https://auth.example.org/oauth2/token")
        .issueTime(Date.from(NOW))
        .claim("ath", "hash")
        .claim("nonce", "nonce");
  }

  private static String serialized(JWSHeader header, JWK key, JWTClaimsSet claims)
      throws JOSEException {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(signer(key));
    return jwt.serialize();
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    return switch (key) {
      case ECKey ec -> new ECDSASigner(ec);
      case RSAKey rsa -> new RSASSASigner(rsa);
      case OctetSequenceKey secret -> new MACSigner(secret);
      default -> throw new IllegalArgumentException(key.getKeyType().getValue());
    };
  }

  private static String rejection(Reading reading) {
    return switch (reading) {
      case Reading.Rejected(String reason) -> reason;
      case Reading.Signed signed -> throw new AssertionError(signed);
    };
  }

  private static RSAKey rsa(BigInteger modulus, BigInteger exponent) {
    return new RSAKey.Builder(Base64URL.encode(modulus), Base64URL.encode(exponent)).build();
  }

  private static RSAKey generateRsa() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec(Curve curve) {
    try {
      return new ECKeyGenerator(curve).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
