package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.Announcements;
import dev.latchkey.domain.session.ExchangeAttempt;
import dev.latchkey.domain.session.ExchangeDecision;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link ExchangeRefreshToken}: read the session, prove the token, let the domain decide, write the
 * decision by compare-and-set. Whoever loses the race reads again and decides again; by then the
 * winner's rotation is visible, and the loser's token is a retry.
 */
public final class ExchangeRefreshTokenService implements ExchangeRefreshToken {

  /**
   * Losing a race turns a rotation into a retry or a refusal; neither can lose again. Only the
   * exchange of a token ahead of the store can lose twice. More than this is a fault.
   */
  private static final int MAX_ATTEMPTS = 8;

  private final Transactions transactions;
  private final Sessions sessions;
  private final Users users;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final SessionTokens sessionTokens;
  private final SessionPolicy policy;
  private final boolean onlyAfterExpiry;
  private final SecurityEvents events;
  private final InstantSource clock;

  /**
   * @param onlyAfterExpiry whether an exchange must present the session's access token, which must
   *     have expired
   */
  public ExchangeRefreshTokenService(
      Transactions transactions,
      Sessions sessions,
      Users users,
      RefreshTokens refreshTokens,
      AccessTokens accessTokens,
      SessionTokens sessionTokens,
      SessionPolicy policy,
      boolean onlyAfterExpiry,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.users = users;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.sessionTokens = sessionTokens;
    this.policy = policy;
    this.onlyAfterExpiry = onlyAfterExpiry;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    Verdict verdict =
        refreshTokens
            .parse(command.refreshToken())
            .map(claimed -> exchange(command, claimed, now))
            .orElse(Verdict.UNKNOWN);
    new Announcements(events, command.device(), now)
        .exchange(eventOf(verdict.result()), verdict.session(), verdict.generationsBehind());
    return verdict.result();
  }

  private Verdict exchange(Command command, RefreshToken claimed, Instant now) {
    // Before the transaction: its key may have to be fetched, and nobody should hold a connection
    // for that.
    Optional<AccessToken> accessToken =
        Optional.ofNullable(command.accessToken()).flatMap(accessTokens::read);
    return transactions.execute(() -> exchange(command, claimed, accessToken, now));
  }

  private Verdict exchange(
      Command command, RefreshToken claimed, Optional<AccessToken> accessToken, Instant now) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<Session> found = sessions.find(claimed.sessionId());
      if (found.isEmpty()
          || !sessionTokens.isAuthentic(command.refreshToken(), claimed, found.get())) {
        return Verdict.UNKNOWN;
      }
      Session session = found.get();
      boolean raced = attempt > 0;
      Optional<Result> result =
          objectionTo(command, accessToken, session, now)
              .or(() -> decide(session, claimed, command, raced, now));
      if (result.isPresent()) {
        return new Verdict(
            result.get(), session, claimed.generation().distanceTo(session.generation()));
      }
    }
    throw new IllegalStateException("an exchange lost " + MAX_ATTEMPTS + " races in a row");
  }

  /** What rules the exchange out before the protocol decides. */
  private Optional<Result> objectionTo(
      Command command, Optional<AccessToken> accessToken, Session session, Instant now) {
    if (!session.clientId().equals(command.clientId())) {
      return Optional.of(new Result.OtherClient());
    }
    if (command.accessToken() == null) {
      return onlyAfterExpiry ? Optional.of(new Result.TooEarly()) : Optional.empty();
    }
    if (accessToken.filter(token -> token.sessionId().equals(session.id())).isEmpty()) {
      return Optional.of(new Result.AccessTokenMismatch());
    }
    boolean early = onlyAfterExpiry && !accessToken.get().isExpired(now);
    return early ? Optional.of(new Result.TooEarly()) : Optional.empty();
  }

  /**
   * Nothing if the session changed since it was read.
   *
   * @param raced whether this exchange has lost a race before: then its token was current when it
   *     began
   */
  private Optional<Result> decide(
      Session session, RefreshToken presented, Command command, boolean raced, Instant now) {
    var attempt =
        new ExchangeAttempt(presented, command.idempotencyKey(), refreshTokens.currentKeyId());
    return switch (session.exchange(attempt, now, policy)) {
      case ExchangeDecision.Rotated(Session rotated) ->
          rotate(session, rotated, command.scope(), now);
      case ExchangeDecision.Retried(Session current) ->
          Optional.of(issue(current, command.scope(), Outcome.RETRIED, now));
      case ExchangeDecision.ReuseDetected(Session _) when raced ->
          Optional.of(new Result.Overtaken());
      case ExchangeDecision.ReuseDetected(Session revoked) -> Optional.of(revoke(revoked));
      case ExchangeDecision.RefusedRevoked(Session _) -> Optional.of(new Result.Revoked());
      case ExchangeDecision.RefusedExpired(Session _) -> Optional.of(new Result.Expired());
    };
  }

  /**
   * Signs before it writes: once a revocation is acknowledged, no access token of the session is
   * made any more.
   */
  private Optional<Result> rotate(
      Session read, Session rotated, @Nullable Set<Role> scope, Instant now) {
    Result result = issue(rotated, scope, Outcome.ROTATED, now);
    if (!(result instanceof Result.Exchanged)) {
      return Optional.of(result);
    }
    return sessions.advance(rotated, read.generation()) ? Optional.of(result) : Optional.empty();
  }

  /** A disabled user's sessions count as revoked. */
  private Result issue(Session session, @Nullable Set<Role> scope, Outcome outcome, Instant now) {
    return users
        .find(session.userId())
        .filter(User::isActive)
        .map(user -> issue(user, session, scope == null ? user.roles() : scope, outcome, now))
        .orElseGet(Result.Revoked::new);
  }

  private Result issue(User user, Session session, Set<Role> scope, Outcome outcome, Instant now) {
    return user.roles().containsAll(scope)
        ? new Result.Exchanged(sessionTokens.issue(user, session, scope, outcome, now))
        : new Result.ScopeTooWide();
  }

  private Result revoke(Session revoked) {
    Revocation revocation = revoked.revocation();
    if (revocation == null) {
      throw new IllegalStateException("a detected reuse revokes");
    }
    sessions.revoke(revoked.id(), revocation);
    return new Result.ReuseDetected();
  }

  private static SecurityEvent.Type eventOf(Result result) {
    return switch (result) {
      case Result.Exchanged(IssuedTokens tokens) ->
          tokens.outcome() == Outcome.RETRIED
              ? SecurityEvent.Type.EXCHANGE_RETRIED
              : SecurityEvent.Type.EXCHANGE_ROTATED;
      case Result.Unknown() -> SecurityEvent.Type.EXCHANGE_UNKNOWN;
      case Result.Expired() -> SecurityEvent.Type.EXCHANGE_EXPIRED;
      case Result.Revoked() -> SecurityEvent.Type.EXCHANGE_REVOKED;
      case Result.ReuseDetected() -> SecurityEvent.Type.EXCHANGE_REUSE_DETECTED;
      case Result.Overtaken() -> SecurityEvent.Type.EXCHANGE_OVERTAKEN;
      case Result.OtherClient() -> SecurityEvent.Type.EXCHANGE_OTHER_CLIENT;
      case Result.ScopeTooWide() -> SecurityEvent.Type.EXCHANGE_SCOPE_TOO_WIDE;
      case Result.AccessTokenMismatch() -> SecurityEvent.Type.EXCHANGE_ACCESS_TOKEN_MISMATCH;
      case Result.TooEarly() -> SecurityEvent.Type.EXCHANGE_TOO_EARLY;
    };
  }

  /**
   * A result, with what had been verified when it was reached.
   *
   * @param generationsBehind how far the presented token is behind the current one
   */
  private record Verdict(
      Result result, @Nullable Session session, @Nullable Integer generationsBehind) {

    static final Verdict UNKNOWN = new Verdict(new Result.Unknown(), null, null);
  }
}
