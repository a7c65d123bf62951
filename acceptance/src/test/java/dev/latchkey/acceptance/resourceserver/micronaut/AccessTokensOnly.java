package dev.latchkey.acceptance.resourceserver.micronaut;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.security.token.jwt.signature.jwks.DefaultJwkValidator;
import jakarta.inject.Singleton;

// docs: micronaut-type
@Singleton
@Replaces(DefaultJwkValidator.class)
final class AccessTokensOnly extends DefaultJwkValidator {

  @Override
  public boolean validate(SignedJWT jwt, JWK key) {
    return JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
        && new JOSEObjectType("at+jwt").equals(jwt.getHeader().getType())
        && super.validate(jwt, key);
  }
}
// end
