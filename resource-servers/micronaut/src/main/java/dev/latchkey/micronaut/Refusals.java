package dev.latchkey.micronaut;

import dev.latchkey.resourceserver.Decision;
import dev.latchkey.resourceserver.Decision.Accepted;
import dev.latchkey.resourceserver.Decision.Refused;
import dev.latchkey.resourceserver.Decision.Unavailable;
import dev.latchkey.resourceserver.ResourceServer;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests that Micronaut Security has refused, with their challenges and without a
 * body.
 */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class Refusals implements ExceptionHandler<AuthorizationException, MutableHttpResponse<?>> {

  private static final String ATTRIBUTE = Refusals.class.getName();

  private final ResourceServer latchkey;

  Refusals(ResourceServer latchkey) {
    this.latchkey = latchkey;
  }

  /** What was decided about the token of this request. */
  static void note(HttpRequest<?> request, Decision decision) {
    request.setAttribute(ATTRIBUTE, decision);
  }

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public MutableHttpResponse<?> handle(HttpRequest request, AuthorizationException exception) {
    return answer((HttpRequest<?>) request);
  }

  private MutableHttpResponse<?> answer(HttpRequest<?> request) {
    @Nullable Decision noted = request.getAttribute(ATTRIBUTE, Decision.class).orElse(null);
    if (noted instanceof Unavailable) {
      return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
          .header(HttpHeaders.RETRY_AFTER, Integer.toString(Unavailable.RETRY_AFTER));
    }
    if (noted instanceof Accepted accepted) {
      return refuse(latchkey.forbid(accepted.token()));
    }
    return refuse(noted instanceof Refused refused ? refused : latchkey.requireToken());
  }

  private static MutableHttpResponse<?> refuse(Refused refused) {
    return HttpResponse.status(HttpStatus.valueOf(refused.status()))
        .header(HttpHeaders.WWW_AUTHENTICATE, refused.challenge());
  }
}
