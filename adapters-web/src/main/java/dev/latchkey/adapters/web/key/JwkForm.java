package dev.latchkey.adapters.web.key;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.application.port.VerificationKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/** A public key as a JWK (RFC 7517 §4): what kind of key it is, and what it is for. */
final class JwkForm {

  private static final int ED25519_LENGTH = 32;

  private JwkForm() {}

  static JWK of(VerificationKey key) {
    JWSAlgorithm algorithm = JWSAlgorithm.parse(key.algorithm().jwsName());
    return switch (key.algorithm()) {
      case ES256 ->
          new ECKey.Builder(Curve.P_256, (ECPublicKey) key.key())
              .keyID(key.id())
              .algorithm(algorithm)
              .keyUse(KeyUse.SIGNATURE)
              .build();
      case RS256 ->
          new RSAKey.Builder((RSAPublicKey) key.key())
              .keyID(key.id())
              .algorithm(algorithm)
              .keyUse(KeyUse.SIGNATURE)
              .build();
      case EDDSA ->
          new OctetKeyPair.Builder(Curve.Ed25519, ed25519Bytes(key.key()))
              .keyID(key.id())
              .algorithm(algorithm)
              .keyUse(KeyUse.SIGNATURE)
              .build();
    };
  }

  /** The key itself is what its encoding ends with (RFC 8410 §4). */
  private static Base64URL ed25519Bytes(PublicKey key) {
    byte[] x509 = key.getEncoded();
    return Base64URL.encode(Arrays.copyOfRange(x509, x509.length - ED25519_LENGTH, x509.length));
  }
}
