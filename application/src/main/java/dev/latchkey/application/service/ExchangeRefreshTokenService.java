package dev.latchkey.application.service;

import dev.latchkey.application.port.in.ExchangeRefreshToken;
import dev.latchkey.application.port.in.IssuedTokens;
import dev.latchkey.application.port.in.IssuedTokens.Outcome;
import dev.latchkey.application.port.out.AccessTokens;
import dev.latchkey.application.port.out.RefreshTokens;
import dev.latchkey.application.port.out.Sessions;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.Users;
import dev.latchkey.domain.session.ExchangeAttempt;
import dev.latchkey.domain.session.ExchangeDecision;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.session.TokenText;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link ExchangeRefreshToken}: read the session, prove the token, let the domain decide, write the decision by
 * compare-and-set. Whoever loses the race reads again and decides again; by then the winner's rotation is visible, and
 * the loser's token is a retry.
 */
public final class ExchangeRefreshTokenService implements ExchangeRefreshToken {

  /**
   * A lost race turns a rotation into a retry, a reuse or a refusal, none of which races again; only the exchange of a
   * token ahead of the store can lose twice. More than this is a fault.
   */
  private static final int MAX_ATTEMPTS = 8;

  private final Transactions transactions;
  private final Sessions sessions;
  private final Users users;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final SessionTokens sessionTokens;
  private final SessionPolicy policy;
  private final InstantSource clock;

  public ExchangeRefreshTokenService(
      Transactions transactions,
      Sessions sessions,
      Users users,
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      SessionTokens sessionTokens,
      SessionPolicy policy,
      InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.users = users;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.sessionTokens = sessionTokens;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Optional<RefreshToken> claimed = refreshTokens.parse(command.refreshToken());
    if (claimed.isEmpty()) {
      return new Result.Unknown();
    }
    Instant now = clock.instant();
    return transactions.execute(() -> exchange(command, claimed.get(), now));
  }

  private Result exchange(Command command, RefreshToken claimed, Instant now) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<Session> session = sessions.find(claimed.sessionId());
      if (session.isEmpty() || !sessionTokens.isAuthentic(command.refreshToken(), claimed, session.get())) {
        return new Result.Unknown();
      }
      if (!isOfSession(command.accessToken(), session.get())) {
        return new Result.AccessTokenMismatch();
      }
      Optional<Result> result = decide(session.get(), claimed, command, now);
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new IllegalStateException("an exchange lost " + MAX_ATTEMPTS + " races in a row");
  }

  /** Nothing if the session changed since it was read. */
  private Optional<Result> decide(Session session, RefreshToken presented, Command command, Instant now) {
    var attempt = new ExchangeAttempt(presented, command.idempotencyKey(), refreshTokens.currentKeyId());
    return switch (session.exchange(attempt, now, policy)) {
      case ExchangeDecision.Rotated(Session rotated) -> rotate(session, rotated, now);
      case ExchangeDecision.Retried(Session current) -> Optional.of(issue(current, Outcome.RETRIED, now));
      case ExchangeDecision.ReuseDetected(Session revoked) -> Optional.of(revoke(revoked));
      case ExchangeDecision.RefusedRevoked(Session _) -> Optional.of(new Result.Revoked());
      case ExchangeDecision.RefusedExpired(Session _) -> Optional.of(new Result.Expired());
    };
  }

  /** Signs before it writes: once a revocation is acknowledged, no access token of the session is made any more. */
  private Optional<Result> rotate(Session read, Session rotated, Instant now) {
    Result result = issue(rotated, Outcome.ROTATED, now);
    if (!(result instanceof Result.Exchanged)) {
      return Optional.of(result);
    }
    return sessions.advance(rotated, read.generation()) ? Optional.of(result) : Optional.empty();
  }

  private Result issue(Session session, Outcome outcome, Instant now) {
    return users.find(session.userId())
        .filter(User::isActive)
        .<Result>map(user -> exchanged(user, session, outcome, now))
        .orElseGet(Result.Revoked::new);
  }

  private Result.Exchanged exchanged(User user, Session session, Outcome outcome, Instant now) {
    IssuedTokens tokens = sessionTokens.issue(user, session, outcome, now);
    return new Result.Exchanged(tokens);
  }

  private Result revoke(Session revoked) {
    Revocation revocation = revoked.revocation();
    if (revocation == null) {
      throw new IllegalStateException("a detected reuse revokes");
    }
    sessions.revoke(revoked.id(), revocation);
    return new Result.ReuseDetected();
  }

  private boolean isOfSession(@Nullable TokenText accessToken, Session session) {
    return accessToken == null
        || accessTokens.read(accessToken).filter(token -> token.sessionId().equals(session.id())).isPresent();
  }
}
