package dev.latchkey.acceptance.resourceserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.in.key.PublishVerificationKeys;
import dev.latchkey.application.port.in.key.PublishVerificationKeys.Published;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a test holds, published beside those of the installation. So a test can make tokens
 * whose signature is good, and which are wrong in one other thing.
 */
@Singleton
@Requires(property = TestKeys.ON)
public final class TestKeys implements BeanCreatedEventListener<PublishVerificationKeys> {

  /** The setting with which a service publishes them. */
  static final String ON = "test.keys";

  static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final ECKey ec;
  private final RSAKey rsa;

  TestKeys() throws JOSEException {
    ec =
        new ECKeyGenerator(Curve.P_256)
            .algorithm(JWSAlgorithm.ES256)
            .keyUse(KeyUse.SIGNATURE)
            .keyID("ec")
            .generate();
    rsa =
        new RSAKeyGenerator(2048)
            .algorithm(JWSAlgorithm.RS256)
            .keyUse(KeyUse.SIGNATURE)
            .keyID("rsa")
            .generate();
  }

  @Override
  public PublishVerificationKeys onCreated(BeanCreatedEvent<PublishVerificationKeys> event) {
    PublishVerificationKeys installation = event.getBean();
    return () -> {
      Published published = installation.execute();
      return new Published(
          Stream.concat(published.keys().stream(), publicKeys()).toList(), published.maxAge());
    };
  }

  private Stream<VerificationKey> publicKeys() {
    return Stream.of(published(ec), published(rsa));
  }

  private static VerificationKey published(JWK key) {
    var members = new TreeMap<String, String>();
    key.toPublicJWK().toJSONObject().forEach((name, value) -> members.put(name, value.toString()));
    return new VerificationKey(key.getKeyID(), members);
  }

  String sign(@Nullable JOSEObjectType type, JWTClaimsSet claims) throws JOSEException {
    return sign(JWSAlgorithm.ES256, ec, new ECDSASigner(ec), type, claims);
  }

  /** With a key that is published, but is not of the algorithm that the service signs with. */
  String signWithRsa(JWTClaimsSet claims) throws JOSEException {
    return sign(JWSAlgorithm.RS256, rsa, new RSASSASigner(rsa), ACCESS_TOKEN, claims);
  }

  private static String sign(
      JWSAlgorithm algorithm,
      JWK key,
      JWSSigner signer,
      @Nullable JOSEObjectType type,
      JWTClaimsSet claims)
      throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).type(type).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }
}
