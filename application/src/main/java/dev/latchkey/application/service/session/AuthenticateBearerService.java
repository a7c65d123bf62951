package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.out.session.SessionOfUser;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * {@link AuthenticateBearer}: the signature and the times of the token first, which cost no query,
 * then the rows of its session and its user, read at once. So a log-out, a revocation or a role
 * withdrawn takes effect with the next call.
 */
public final class AuthenticateBearerService implements AuthenticateBearer {

  private final Sessions sessions;
  private final SessionTokens sessionTokens;
  private final Leeway leeway;
  private final InstantSource clock;

  public AuthenticateBearerService(
      Sessions sessions, SessionTokens sessionTokens, Leeway leeway, InstantSource clock) {
    this.sessions = sessions;
    this.sessionTokens = sessionTokens;
    this.leeway = leeway;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    return sessionTokens
        .read(command.accessToken())
        .filter(token -> Objects.equals(token.boundKey(), command.provenKey()))
        .map(token -> judge(token, now))
        .orElseGet(Result.Invalid::new);
  }

  private Result judge(AccessToken token, Instant now) {
    if (leeway.isNotYetValid(token, now)) {
      return new Result.Invalid();
    }
    if (leeway.isExpired(token, now)) {
      return new Result.Expired();
    }
    return bearer(token, now)
        .<Result>map(user -> new Result.Authenticated(token.limitedTo(user.roles())))
        .orElseGet(Result.Invalid::new);
  }

  /** The user of the token, if its session has not ended and the user is not disabled. */
  private Optional<User> bearer(AccessToken token, Instant now) {
    return sessions
        .findWithUser(token.sessionId())
        .filter(found -> found.session().isActive(now))
        .map(SessionOfUser::user)
        .filter(user -> user.id().equals(token.userId()) && user.isActive());
  }
}
