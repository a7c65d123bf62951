package dev.latchkey.adapters.web.bearer;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** Answers requests that Micronaut Security has refused. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class UnauthorizedHandler implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
    BearerChallenge challenge =
        exception.isForbidden() ? BearerChallenge.INSUFFICIENT_ROLE : BearerChallenge.of(request);
    return challenge.response();
  }
}
