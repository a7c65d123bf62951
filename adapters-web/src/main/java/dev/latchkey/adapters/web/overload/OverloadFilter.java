package dev.latchkey.adapters.web.overload;

import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.AvailableByteBody;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.filter.FilterContinuation;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Sheds what is too much, before the database or a signature is involved. What answers from memory
 * (health, metrics, keys, metadata, pages) is never refused. Neither is what passwords are hashed
 * for, or where guesses are counted: such a call may wait long for its turn there or for its
 * refusal, and would keep others out meanwhile; it has limits of its own. The feed of ended
 * sessions, which lets callers wait for news, is not below these addresses: this filter would keep
 * a thread for each of them.
 */
@ServerFilter({"/api/**", "/oauth2/token/**", "/oauth2/revoke/**", "/oauth2/introspect/**"})
final class OverloadFilter implements Ordered {

  private final RequestsInProgress requests;

  OverloadFilter(RequestsInProgress requests) {
    this.requests = requests;
  }

  /** Access tokens are looked at with a place; and pages of other origins may read the refusal. */
  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.before();
  }

  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<?> admit(HttpRequest<?> request, FilterContinuation<HttpResponse<?>> next) {
    if (!isLimitedHere(request)) {
      return next.proceed();
    }
    if (request instanceof ServerHttpRequest<?> received) {
      awaitAllOf(received.byteBody());
    }
    return requests.admit(next::proceed, () -> Problem.retryLater(ProblemCode.OVERLOADED));
  }

  private static boolean isLimitedHere(HttpRequest<?> request) {
    return RouteAttributes.getRouteInfo(request)
        .map(RouteInfo::getAnnotationMetadata)
        .filter(
            route ->
                !List.of(route.enumValues(Refuses.class, "value", ProblemCode.class))
                    .contains(ProblemCode.TOO_MANY_ATTEMPTS))
        .isPresent();
  }

  /** Whoever sends slowly takes no place meanwhile. */
  private static void awaitAllOf(ByteBody body) {
    if (body instanceof AvailableByteBody) {
      return;
    }
    try (CloseableAvailableByteBody _ = body.split(SplitBackpressureMode.NEW).buffer().join()) {
      // What is made of it is not the matter here.
    } catch (CompletionException _) {
      // A body that is too large, or does not come, is refused by whoever reads it.
    }
  }
}
