package dev.latchkey.adapters.web.bearer;

import dev.latchkey.adapters.web.proof.Proofs;
import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.VerifyProof;
import dev.latchkey.domain.session.KeyProof;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.validator.TokenValidator;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The only validator of access tokens; the framework's own is switched off. It notes on the request
 * why a token was refused, for the {@link BearerChallenge} that may follow.
 */
@Singleton
final class BearerTokenValidator implements TokenValidator<HttpRequest<?>> {

  private final Proofs proofs;
  private final VerifyProof verifyProof;
  private final AuthenticateBearer authenticateBearer;
  private final ExecutorService blocking;

  BearerTokenValidator(
      Proofs proofs,
      VerifyProof verifyProof,
      AuthenticateBearer authenticateBearer,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.proofs = proofs;
    this.verifyProof = verifyProof;
    this.authenticateBearer = authenticateBearer;
    this.blocking = blocking;
  }

  /**
   * Leaves the event loop: a signature takes time to check, and a key that is new here is read from
   * the database.
   */
  @Override
  public Publisher<Authentication> validateToken(String token, @Nullable HttpRequest<?> request) {
    return Mono.fromCallable(() -> validate(new TokenText(token), request))
        .subscribeOn(Schedulers.fromExecutorService(blocking));
  }

  private @Nullable Authentication validate(TokenText text, @Nullable HttpRequest<?> request) {
    if (request == null || !DpopTokenReader.isUsedBy(request)) {
      return authenticate(text, null, request);
    }
    return switch (verifyProof.execute(proofs.command(request, text))) {
      case VerifyProof.Result.Proven(KeyProof proof) -> authenticate(text, proof.key(), request);
      case VerifyProof.Result.NonceNeeded _ -> refuse(BearerChallenge.NONCE_NEEDED, request);
      case VerifyProof.Result.Invalid _ -> refuse(BearerChallenge.INVALID_PROOF, request);
    };
  }

  private @Nullable Authentication authenticate(
      TokenText text, @Nullable KeyThumbprint provenKey, @Nullable HttpRequest<?> request) {
    return switch (authenticateBearer.execute(new AuthenticateBearer.Command(text, provenKey))) {
      case AuthenticateBearer.Result.Authenticated(AccessToken token) -> new Bearer(token);
      case AuthenticateBearer.Result.Expired() -> refuse(BearerChallenge.EXPIRED_TOKEN, request);
      case AuthenticateBearer.Result.Invalid() -> refuse(BearerChallenge.INVALID_TOKEN, request);
    };
  }

  private static @Nullable Authentication refuse(
      BearerChallenge challenge, @Nullable HttpRequest<?> request) {
    if (request != null) {
      challenge.noteOn(request);
    }
    return null;
  }
}
