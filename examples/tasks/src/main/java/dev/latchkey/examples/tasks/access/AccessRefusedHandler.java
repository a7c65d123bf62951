package dev.latchkey.examples.tasks.access;

import dev.latchkey.examples.tasks.problem.Problem;
import dev.latchkey.examples.tasks.problem.Refusal;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;

/** Answers the requests that Micronaut Security has refused. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class AccessRefusedHandler
    implements ExceptionHandler<AuthorizationException, MutableHttpResponse<Problem>> {

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public MutableHttpResponse<Problem> handle(
      HttpRequest request, AuthorizationException exception) {
    return Problem.response(exception.isForbidden() ? Refusal.FORBIDDEN : reason(request));
  }

  private static Refusal reason(HttpRequest<?> request) {
    return request
        .getAttribute(Refusal.ATTRIBUTE, Refusal.class)
        .orElse(Refusal.ACCESS_TOKEN_REQUIRED);
  }
}
