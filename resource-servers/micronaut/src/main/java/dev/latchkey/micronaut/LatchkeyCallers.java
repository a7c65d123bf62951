package dev.latchkey.micronaut;

import dev.latchkey.resourceserver.AccessToken;
import dev.latchkey.resourceserver.Call;
import dev.latchkey.resourceserver.Decision;
import dev.latchkey.resourceserver.Decision.Accepted;
import dev.latchkey.resourceserver.ResourceServer;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.util.HttpHostResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Makes the access token of a request its {@link Authentication}: its name is the user's id, its
 * roles are those of the token, its attributes the claims. A refusal is only noted: it becomes the
 * answer if the request turns out to need a caller.
 */
@Singleton
final class LatchkeyCallers implements AuthenticationFetcher<HttpRequest<?>> {

  private final ResourceServer latchkey;
  private final HttpHostResolver hosts;
  private final Scheduler blocking;

  LatchkeyCallers(
      ResourceServer latchkey,
      HttpHostResolver hosts,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.latchkey = latchkey;
    this.hosts = hosts;
    this.blocking = Schedulers.fromExecutorService(blocking);
  }

  /** Leaves the event loop: the keys may have to be read from Latchkey. */
  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    return request.getHeaders().contains(HttpHeaders.AUTHORIZATION)
        ? Mono.fromCallable(() -> caller(request)).subscribeOn(blocking)
        : Mono.empty();
  }

  private @Nullable Authentication caller(HttpRequest<?> request) {
    Decision decision = latchkey.check(call(request));
    Refusals.note(request, decision);
    if (decision instanceof Accepted accepted) {
      AccessToken token = accepted.token();
      return Authentication.build(token.subject(), token.roles(), attributes(token));
    }
    return null;
  }

  private Call call(HttpRequest<?> request) {
    HttpHeaders headers = request.getHeaders();
    String path = Objects.requireNonNullElse(request.getUri().getRawPath(), "/");
    return new Call(
        request.getMethodName(),
        URI.create(hosts.resolve(request) + path),
        headers.getAll(HttpHeaders.AUTHORIZATION),
        headers.getAll("DPoP"));
  }

  private static Map<String, Object> attributes(AccessToken token) {
    var attributes = new HashMap<>(token.claims());
    attributes.values().removeIf(Objects::isNull);
    return attributes;
  }
}
