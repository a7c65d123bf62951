package dev.latchkey.adapters.web.browser;

import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.ProblemException;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Lets controllers take a {@link RefreshTokenTransport} as a parameter. The cookie is used only for
 * a caller that asks for it by the header, which no page of another origin can send unless it is
 * allowed to, and only if the browser says that an allowed page is calling.
 */
@Singleton
final class RefreshTokenTransportBinder
    implements TypedRequestArgumentBinder<RefreshTokenTransport> {

  private final AllowedOrigins origins;

  RefreshTokenTransportBinder(AllowedOrigins origins) {
    this.origins = origins;
  }

  @Override
  public Argument<RefreshTokenTransport> argumentType() {
    return Argument.of(RefreshTokenTransport.class);
  }

  @Override
  public BindingResult<RefreshTokenTransport> bind(
      ArgumentConversionContext<RefreshTokenTransport> context, HttpRequest<?> request) {
    RefreshTokenTransport transport = of(request);
    return () -> Optional.of(transport);
  }

  private RefreshTokenTransport of(HttpRequest<?> request) {
    List<String> asked = request.getHeaders().getAll(RefreshTokenTransport.HEADER);
    if (asked.isEmpty()) {
      return BodyTransport.INSTANCE;
    }
    if (!asked.equals(List.of(RefreshTokenTransport.COOKIE))) {
      throw ProblemException.ofField(
          RefreshTokenTransport.HEADER,
          "invalid_format",
          "must be " + RefreshTokenTransport.COOKIE + ", or left out");
    }
    if (!origins.admit(request)) {
      throw new ProblemException(ProblemCode.ORIGIN_NOT_ALLOWED, List.of());
    }
    return new CookieTransport(request);
  }
}
