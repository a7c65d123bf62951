package dev.latchkey.acceptance.resourceserver.micronaut;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.WwwAuthenticateChallengeProvider;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

// docs: micronaut-challenge
@Singleton
final class BearerChallenge implements WwwAuthenticateChallengeProvider<HttpRequest<?>> {

  @Override
  public String getWwwAuthenticateChallenge(@Nullable HttpRequest<?> request) {
    if (request == null || !request.getHeaders().contains(HttpHeaders.AUTHORIZATION)) {
      return "Bearer";
    }
    return request.getUserPrincipal().isPresent()
        ? "Bearer error=\"insufficient_scope\""
        : "Bearer error=\"invalid_token\"";
  }
}
// end
