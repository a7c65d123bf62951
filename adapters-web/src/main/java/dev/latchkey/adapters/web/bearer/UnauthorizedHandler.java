package dev.latchkey.adapters.web.bearer;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;

/** Answers requests that Micronaut Security has refused. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class UnauthorizedHandler
    implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
    return exception.isForbidden() ? forbidden(request) : BearerChallenge.of(request).response();
  }

  private static MutableHttpResponse<?> forbidden(HttpRequest<?> request) {
    String[] roles =
        RouteAttributes.getRouteInfo(request)
            .map(route -> route.getAnnotationMetadata().stringValues(Secured.class))
            .orElse(new String[0]);
    // A scope names all that is needed; of several roles any one would do.
    return roles.length == 1
        ? BearerChallenge.roleNeeded(roles[0])
        : BearerChallenge.INSUFFICIENT_ROLE.response();
  }
}
