package dev.latchkey.examples.tasks.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.latchkey.examples.tasks.problem.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Turns the bearer token of a request into its caller. Why a token was refused is noted on the
 * request, for the {@link AccessRefusedHandler}.
 */
@Singleton
final class BearerTokens implements TokenValidator<HttpRequest<?>> {

  private final AccessTokens accessTokens;
  private final ExecutorService blocking;

  BearerTokens(AccessTokens accessTokens, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.accessTokens = accessTokens;
    this.blocking = blocking;
  }

  /** Leaves the event loop: the keys may have to be read from Latchkey. */
  @Override
  public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
    return Mono.fromCallable(() -> caller(token, request))
        .subscribeOn(Schedulers.fromExecutorService(blocking));
  }

  private @Nullable Authentication caller(String token, @Nullable HttpRequest<?> request) {
    try {
      JWTClaimsSet claims = accessTokens.verify(token);
      List<String> roles = claims.getStringListClaim("roles");
      // Users are known by sub, which never changes.
      String user = claims.getStringClaim("sub");
      return user.isEmpty()
          ? refuse(Refusal.INVALID_ACCESS_TOKEN, request)
          : Authentication.build(user, roles == null ? List.of() : roles, Map.of());
    } catch (ExpiredJWTException _) {
      return refuse(Refusal.ACCESS_TOKEN_EXPIRED, request);
    } catch (ParseException | BadJOSEException _) {
      return refuse(Refusal.INVALID_ACCESS_TOKEN, request);
    } catch (JOSEException _) {
      return refuse(Refusal.KEYS_UNAVAILABLE, request);
    }
  }

  private static @Nullable Authentication refuse(
      Refusal refusal, @Nullable HttpRequest<?> request) {
    if (request != null) {
      request.setAttribute(Refusal.ATTRIBUTE, refusal);
    }
    return null;
  }
}
