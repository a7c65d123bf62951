package dev.latchkey.acceptance.resourceserver.micronaut;

import io.micronaut.context.annotation.Value;
import io.micronaut.security.token.Claims;
import io.micronaut.security.token.jwt.validator.GenericJwtClaimsValidator;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

// docs: micronaut-claims
@Singleton
final class ExactClaims<T> implements GenericJwtClaimsValidator<T> {

  private final String issuer;

  ExactClaims(@Value("${latchkey.issuer}") String issuer) {
    this.issuer = issuer;
  }

  @Override
  public boolean validate(Claims claims, @Nullable T request) {
    return issuer.equals(claims.get(Claims.ISSUER)) && claims.get(Claims.EXPIRATION_TIME) != null;
  }
}
// end
