package dev.latchkey.adapters.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.application.port.out.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** A pair of keys for ES256 (RFC 7518 §3.4). What is particular to that algorithm is here alone. */
final class SigningKey {

  private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

  /** What the verifier goes by: never the header of the token that it judges. */
  private static final JWSHeader TRUSTED_HEADER = new JWSHeader(ALGORITHM);

  private final int number;
  private final ECPublicKey publicKey;
  private final ECPrivateKey privateKey;
  private final String id;
  private final JWSSigner signer;
  private final JWSVerifier verifier;

  private SigningKey(int number, ECPublicKey publicKey, ECPrivateKey privateKey) throws JOSEException {
    this.number = number;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.id = new ECKey.Builder(Curve.P_256, publicKey).build().computeThumbprint().toString();
    this.signer = new ECDSASigner(privateKey);
    this.verifier = new ECDSAVerifier(publicKey);
  }

  static SigningKey generate(int number, SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(Curve.P_256.toECParameterSpec(), random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(number, (ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("the JDK lacks " + ALGORITHM, e);
    }
  }

  /**
   * @param x509 the public key, DER
   * @param pkcs8 the private key, DER
   */
  static SigningKey decode(int number, byte[] x509, byte[] pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      return new SigningKey(
          number,
          (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(x509)),
          (ECPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException | JOSEException _) {
      // Without the cause, whose message may tell of the private key.
      throw new IllegalStateException("signing key " + number + " is not a pair of keys for " + ALGORITHM);
    }
  }

  static boolean supports(String algorithm) {
    return algorithm.equals(ALGORITHM.getName());
  }

  int number() {
    return number;
  }

  /** The {@code kid}: the key's thumbprint (RFC 7638), which is the same wherever it is computed. */
  String id() {
    return id;
  }

  String algorithm() {
    return ALGORITHM.getName();
  }

  /** X.509 SubjectPublicKeyInfo, DER. */
  byte[] encodedPublicKey() {
    return publicKey.getEncoded();
  }

  /** PKCS #8, DER, in clear. */
  byte[] encodedPrivateKey() {
    return privateKey.getEncoded();
  }

  VerificationKey verificationKey() {
    return new VerificationKey(id, algorithm(), publicKey);
  }

  /** A signed JWT in compact form. */
  String sign(JOSEObjectType type, Payload payload) {
    var jws = new JWSObject(new JWSHeader.Builder(ALGORITHM).type(type).keyID(id).build(), payload);
    try {
      jws.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("signing key " + number + " does not sign", e);
    }
    return jws.serialize();
  }

  boolean verifies(byte[] signedContent, Base64URL signature) {
    try {
      return verifier.verify(TRUSTED_HEADER, signedContent, signature);
    } catch (JOSEException _) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "SigningKey[number=" + number + ", id=" + id + "]";
  }
}
