package dev.latchkey.adapters.web.bearer;

import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.application.port.in.session.ReportAccessRefused;
import dev.latchkey.domain.user.UserId;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Answers requests that Micronaut Security has refused. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class UnauthorizedHandler
    implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {

  private final Devices devices;
  private final ReportAccessRefused reportAccessRefused;

  UnauthorizedHandler(Devices devices, ReportAccessRefused reportAccessRefused) {
    this.devices = devices;
    this.reportAccessRefused = reportAccessRefused;
  }

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
    BearerChallenge challenge =
        exception.isForbidden() ? BearerChallenge.INSUFFICIENT_ROLE : BearerChallenge.of(request);
    Optional<UserId> user =
        Optional.ofNullable(exception.getAuthentication())
            .filter(Bearer.class::isInstance)
            .map(bearer -> ((Bearer) bearer).token().userId());
    reportAccessRefused.execute(
        new ReportAccessRefused.Command(user, challenge.reason(), devices.of(request)));
    return exception.isForbidden() ? forbidden(request) : challenge.response(request);
  }

  private static MutableHttpResponse<?> forbidden(HttpRequest<?> request) {
    String[] roles =
        RouteAttributes.getRouteInfo(request)
            .map(route -> route.getAnnotationMetadata().stringValues(Secured.class))
            .orElse(new String[0]);
    return BearerChallenge.rolesNeeded(request, List.of(roles));
  }
}
