package dev.latchkey.adapters.security.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * A pair of keys for one algorithm. What is particular to an algorithm is here, but for its names;
 * a {@link SignatureProvider} does the arithmetic.
 */
final class SigningKeyPair implements OpenedSigningKey {

  /**
   * Of new keys: 128 bits of security (NIST SP 800-57 Part 1 §5.6.1.1), and more than the 3000 bits
   * that BSI TR-02102-1 asks for. Keys of 2048 bits that earlier versions made sign until they are
   * rotated.
   */
  private static final int RSA_BITS = 3072;

  private static final int ED25519_LENGTH = 32;

  private final SigningAlgorithm algorithm;
  private final SignatureProvider provider;
  private final PublicKey publicKey;
  private final PrivateKey privateKey;
  private final JWK jwk;

  private SigningKeyPair(
      SigningAlgorithm algorithm,
      SignatureProvider provider,
      PublicKey publicKey,
      PrivateKey privateKey) {
    this.algorithm = algorithm;
    this.provider = provider;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.jwk = jwk(algorithm, publicKey);
  }

  /** A new pair, made by the JDK. */
  static SigningKeyPair generate(SigningAlgorithm algorithm, SecureRandom random) {
    try {
      KeyPairGenerator generator =
          KeyPairGenerator.getInstance(SignatureProvider.kindOfKey(algorithm));
      generator.initialize(parameters(algorithm), random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKeyPair(
          algorithm, SignatureProvider.JDK, pair.getPublic(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + algorithm, e);
    }
  }

  /**
   * @param provider that is to sign and verify
   * @param x509 the public key, DER
   * @param pkcs8 the private key, DER
   * @throws IllegalStateException if they are no keys for that algorithm
   */
  static SigningKeyPair decode(
      SigningAlgorithm algorithm, SignatureProvider provider, byte[] x509, byte[] pkcs8) {
    try {
      KeyFactory factory = provider.keyFactory(algorithm);
      return new SigningKeyPair(
          algorithm,
          provider,
          factory.generatePublic(new X509EncodedKeySpec(x509)),
          factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException | IllegalStateException _) {
      // Without the cause, whose message may reveal the private key.
      throw new IllegalStateException(
          "the private key of a signing key is not one for " + algorithm);
    }
  }

  private static AlgorithmParameterSpec parameters(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> Curve.P_256.toECParameterSpec();
      case RS256 -> new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4);
      case EDDSA -> NamedParameterSpec.ED25519;
    };
  }

  /** With the thumbprint as its id (RFC 7638, and RFC 8037 §2 for Ed25519). */
  private static JWK jwk(SigningAlgorithm algorithm, PublicKey publicKey) {
    var alg = JWSAlgorithm.parse(algorithm.jwsName());
    try {
      return switch (algorithm) {
        case ES256 ->
            // Refuses a key that is on another curve.
            new ECKey.Builder(Curve.P_256, (ECPublicKey) publicKey)
                .algorithm(alg)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
        case RS256 ->
            new RSAKey.Builder((RSAPublicKey) publicKey)
                .algorithm(alg)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
        case EDDSA ->
            new OctetKeyPair.Builder(Curve.Ed25519, ed25519Bytes(publicKey))
                .algorithm(alg)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
      };
    } catch (JOSEException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }

  /** The key itself is what the encoding ends with (RFC 8410 §4). */
  private static Base64URL ed25519Bytes(PublicKey publicKey) {
    byte[] x509 = publicKey.getEncoded();
    return Base64URL.encode(Arrays.copyOfRange(x509, x509.length - ED25519_LENGTH, x509.length));
  }

  @Override
  public String id() {
    return jwk.getKeyID();
  }

  @Override
  public SigningAlgorithm algorithm() {
    return algorithm;
  }

  PublicKey publicKey() {
    return publicKey;
  }

  /** X.509 SubjectPublicKeyInfo, DER. */
  byte[] encodedPublicKey() {
    return publicKey.getEncoded();
  }

  /** PKCS #8, DER, in clear. */
  byte[] encodedPrivateKey() {
    return privateKey.getEncoded();
  }

  /** All members of a public key are strings (RFC 7518 §6.2.1, §6.3.1; RFC 8037 §2). */
  @Override
  public VerificationKey verificationKey() {
    var members = new TreeMap<String, String>();
    jwk.toJSONObject().forEach((name, value) -> members.put(name, value.toString()));
    return new VerificationKey(id(), members);
  }

  @Override
  public byte[] sign(byte[] content) {
    try {
      Signature signature = provider.signature(algorithm);
      signature.initSign(privateKey);
      signature.update(content);
      return inOneSpelling(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + id() + " does not sign", e);
    }
  }

  @Override
  public boolean verifies(byte[] content, byte[] signature) {
    if (!isInOneSpelling(signature)) {
      return false;
    }
    try {
      Signature verifier = provider.signature(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (SignatureException _) {
      return false; // not even of the right form
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + id() + " does not verify", e);
    }
  }

  /**
   * From an ECDSA signature anybody can make others that the JDK accepts; from one by RSA or
   * Ed25519, nobody can.
   */
  private boolean isInOneSpelling(byte[] signature) {
    return switch (algorithm) {
      case ES256 -> Es256Signature.isInOneSpelling(signature);
      case RS256, EDDSA -> true;
    };
  }

  private byte[] inOneSpelling(byte[] signature) {
    return switch (algorithm) {
      case ES256 -> Es256Signature.inOneSpelling(signature);
      case RS256, EDDSA -> signature;
    };
  }

  @Override
  public String toString() {
    return "SigningKeyPair[id=" + id() + "]";
  }
}
