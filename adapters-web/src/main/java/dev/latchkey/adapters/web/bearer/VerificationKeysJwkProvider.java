package dev.latchkey.adapters.web.bearer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import dev.latchkey.application.port.in.PublishVerificationKeys;
import dev.latchkey.application.port.out.VerificationKey;
import io.micronaut.security.token.jwt.endpoints.JwkProvider;
import jakarta.inject.Singleton;
import java.security.interfaces.ECPublicKey;
import java.util.List;

/** Gives the public keys to Micronaut Security's key endpoint, which serves them as {@code /.well-known/jwks.json}. */
@Singleton
final class VerificationKeysJwkProvider implements JwkProvider {

  private final PublishVerificationKeys publishVerificationKeys;

  VerificationKeysJwkProvider(PublishVerificationKeys publishVerificationKeys) {
    this.publishVerificationKeys = publishVerificationKeys;
  }

  @Override
  public List<JWK> retrieveJsonWebKeys() {
    return switch (publishVerificationKeys.execute(new PublishVerificationKeys.Command())) {
      case PublishVerificationKeys.Result.Published(List<VerificationKey> keys) ->
          keys.stream().map(VerificationKeysJwkProvider::jwk).toList();
    };
  }

  private static JWK jwk(VerificationKey key) {
    return switch (key.key()) {
      case ECPublicKey ec ->
          new ECKey.Builder(Curve.P_256, ec)
              .keyID(key.id())
              .algorithm(JWSAlgorithm.parse(key.algorithm()))
              .keyUse(KeyUse.SIGNATURE)
              .build();
      default -> throw new IllegalStateException("no JWK form for algorithm " + key.algorithm());
    };
  }
}
