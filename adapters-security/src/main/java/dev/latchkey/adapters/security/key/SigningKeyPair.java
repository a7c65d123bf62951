package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.application.port.VerificationKey;
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

/**
 * A pair of keys for one algorithm. What is particular to an algorithm is here alone; the JDK does
 * the sums.
 */
public final class SigningKeyPair {

  private static final int RSA_BITS = 2048;
  private static final int ED25519_LENGTH = 32;

  private final int number;
  private final SigningAlgorithm algorithm;
  private final PublicKey publicKey;
  private final PrivateKey privateKey;
  private final String id;

  private SigningKeyPair(
      int number, SigningAlgorithm algorithm, PublicKey publicKey, PrivateKey privateKey) {
    this.number = number;
    this.algorithm = algorithm;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.id = thumbprint(algorithm, publicKey);
  }

  public static SigningKeyPair generate(
      int number, SigningAlgorithm algorithm, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kindOfKey(algorithm));
      generator.initialize(parameters(algorithm), random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKeyPair(number, algorithm, pair.getPublic(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + algorithm, e);
    }
  }

  /**
   * @param x509 the public key, DER
   * @param pkcs8 the private key, DER
   * @throws IllegalStateException if they are no keys for that algorithm
   */
  public static SigningKeyPair decode(
      int number, SigningAlgorithm algorithm, byte[] x509, byte[] pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance(kindOfKey(algorithm));
      return new SigningKeyPair(
          number,
          algorithm,
          factory.generatePublic(new X509EncodedKeySpec(x509)),
          factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException | IllegalStateException _) {
      // Without the cause, whose message may tell of the private key.
      throw new IllegalStateException(
          "signing key " + number + " is not a pair of keys for " + algorithm);
    }
  }

  private static AlgorithmParameterSpec parameters(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> Curve.P_256.toECParameterSpec();
      case RS256 -> new RSAKeyGenParameterSpec(RSA_BITS, RSAKeyGenParameterSpec.F4);
      case EDDSA -> NamedParameterSpec.ED25519;
    };
  }

  private static String kindOfKey(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> "EC";
      case RS256 -> "RSA";
      case EDDSA -> "Ed25519";
    };
  }

  private static String signatureScheme(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> "SHA256withECDSAinP1363Format";
      case RS256 -> "SHA256withRSA";
      case EDDSA -> "Ed25519";
    };
  }

  /** RFC 7638, and RFC 8037 §2 for Ed25519. */
  private static String thumbprint(SigningAlgorithm algorithm, PublicKey publicKey) {
    JWK jwk =
        switch (algorithm) {
          // Refuses a key that is on another curve.
          case ES256 -> new ECKey.Builder(Curve.P_256, (ECPublicKey) publicKey).build();
          case RS256 -> new RSAKey.Builder((RSAPublicKey) publicKey).build();
          case EDDSA -> new OctetKeyPair.Builder(Curve.Ed25519, ed25519Bytes(publicKey)).build();
        };
    try {
      return jwk.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }

  /** The key itself is what the encoding ends with (RFC 8410 §4). */
  private static Base64URL ed25519Bytes(PublicKey publicKey) {
    byte[] x509 = publicKey.getEncoded();
    return Base64URL.encode(Arrays.copyOfRange(x509, x509.length - ED25519_LENGTH, x509.length));
  }

  int number() {
    return number;
  }

  /** The {@code kid}: the key's thumbprint, which is the same wherever it is computed. */
  public String id() {
    return id;
  }

  /** By its registered name. */
  public String algorithm() {
    return algorithm.jwsName();
  }

  /** X.509 SubjectPublicKeyInfo, DER. */
  public byte[] encodedPublicKey() {
    return publicKey.getEncoded();
  }

  /** PKCS #8, DER, in clear. */
  public byte[] encodedPrivateKey() {
    return privateKey.getEncoded();
  }

  public VerificationKey verificationKey() {
    return new VerificationKey(id, algorithm, publicKey);
  }

  /** A signed JWT in compact form. */
  public String sign(JOSEObjectType type, Payload payload) {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.parse(algorithm())).type(type).keyID(id).build();
    String content = header.toBase64URL() + "." + payload.toBase64URL();
    try {
      Signature signature = Signature.getInstance(signatureScheme(algorithm));
      signature.initSign(privateKey);
      signature.update(content.getBytes(US_ASCII));
      return content + "." + Base64URL.encode(inOneSpelling(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + number + " does not sign", e);
    }
  }

  /**
   * Whether this key has signed that by its own algorithm, and the signature is spelled as {@link
   * #sign} spells it; what the token says of its algorithm is not asked.
   */
  public boolean verifies(byte[] signedContent, Base64URL signature) {
    byte[] bytes = signature.decode();
    if (!isInOneSpelling(bytes)) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(signatureScheme(algorithm));
      verifier.initVerify(publicKey);
      verifier.update(signedContent);
      return verifier.verify(bytes);
    } catch (SignatureException _) {
      return false; // not even of the right form
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + number + " does not verify", e);
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
    return "SigningKeyPair[number=" + number + ", id=" + id + "]";
  }
}
