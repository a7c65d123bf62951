package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.ExchangeRefreshTokenForScope;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvent.Concerned;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.application.port.out.session.SessionOfUser;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.application.service.session.SessionTokens.Issuer;
import dev.latchkey.domain.session.Device;
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
import java.util.function.Function;

/**
 * {@link ExchangeRefreshToken}: read the session, check that the token is authentic, let the domain
 * decide, write the decision by compare-and-set. Whoever loses the race reads again and decides
 * again. By then it sees the winner's rotation, and its own token has become a retry.
 */
public final class ExchangeRefreshTokenService implements ExchangeRefreshToken {

  /**
   * Losing a race turns a rotation into a retry or a refusal; neither can lose again. Only the
   * exchange of a token ahead of the store can lose twice. More than this is a fault.
   */
  private static final int MAX_ATTEMPTS = 8;

  private final Transactions transactions;
  private final Sessions sessions;
  private final RefreshTokens refreshTokens;
  private final SessionTokens sessionTokens;
  private final SessionPolicy policy;
  private final boolean onlyAfterExpiry;
  private final MailWriter mail;
  private final SecurityEvents events;
  private final InstantSource clock;

  /**
   * @param onlyAfterExpiry whether an exchange must present the session's access token, which must
   *     have expired
   */
  public ExchangeRefreshTokenService(
      Transactions transactions,
      Sessions sessions,
      RefreshTokens refreshTokens,
      SessionTokens sessionTokens,
      SessionPolicy policy,
      boolean onlyAfterExpiry,
      MailWriter mail,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
    this.sessionTokens = sessionTokens;
    this.policy = policy;
    this.onlyAfterExpiry = onlyAfterExpiry;
    this.mail = mail;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    return execute(command, new AllRoles());
  }

  /**
   * @param <R> the results that the caller can meet
   */
  <R extends ExchangeRefreshTokenForScope.Result> R execute(Command command, Roles<R> roles) {
    Instant now = clock.instant();
    Verdict<R> verdict =
        refreshTokens
            .parse(command.refreshToken())
            .map(claimed -> exchange(command, claimed, roles, now))
            .orElseGet(() -> new Verdict.Unknown<>(roles.result(new Result.Unknown())));
    events.publish(eventOf(verdict, command.device(), now));
    return verdict.result();
  }

  private <R extends ExchangeRefreshTokenForScope.Result> Verdict<R> exchange(
      Command command, RefreshToken claimed, Roles<R> roles, Instant now) {
    Optional<AccessToken> accessToken =
        Optional.ofNullable(command.accessToken()).flatMap(sessionTokens::read);
    Issuer issuer = sessionTokens.issuer();
    return new Exchange<>(command, claimed, accessToken, roles, issuer, now).run();
  }

  private static SecurityEvent eventOf(
      Verdict<? extends ExchangeRefreshTokenForScope.Result> verdict, Device device, Instant now) {
    return switch (verdict) {
      case Verdict.Unknown<?> _ -> new SecurityEvent.ExchangeUnknown(device, now);
      case Verdict.OfSession<? extends ExchangeRefreshTokenForScope.Result> known ->
          eventOf(
              known.result(),
              Concerned.of(known.session(), device, now),
              known.presented().generation().distanceTo(known.session().generation()));
    };
  }

  private static SecurityEvent eventOf(
      ExchangeRefreshTokenForScope.Result result, Concerned concerned, int behind) {
    return switch (result) {
      case Result.Exchanged(IssuedTokens tokens) ->
          tokens.outcome() == Outcome.RETRIED
              ? new SecurityEvent.ExchangeRetried(concerned, behind)
              : new SecurityEvent.ExchangeRotated(concerned, behind);
      case Result.Unknown() ->
          new SecurityEvent.ExchangeUnknown(concerned.device(), concerned.at());
      case Result.Expired() -> new SecurityEvent.ExchangeExpired(concerned, behind);
      case Result.Revoked() -> new SecurityEvent.ExchangeRevoked(concerned, behind);
      case Result.ReuseDetected() -> new SecurityEvent.ExchangeReuseDetected(concerned, behind);
      case Result.Overtaken() -> new SecurityEvent.ExchangeOvertaken(concerned, behind);
      case Result.OtherClient() -> new SecurityEvent.ExchangeOtherClient(concerned, behind);
      case Result.AccessTokenMismatch() ->
          new SecurityEvent.ExchangeAccessTokenMismatch(concerned, behind);
      case Result.Unproven() -> new SecurityEvent.ExchangeUnproven(concerned, behind);
      case Result.StaleProof() -> new SecurityEvent.ExchangeStaleProof(concerned, behind);
      case Result.TooEarly() -> new SecurityEvent.ExchangeTooEarly(concerned, behind);
      case ExchangeRefreshTokenForScope.ScopeTooWide() ->
          new SecurityEvent.ExchangeScopeTooWide(concerned, behind);
    };
  }

  /**
   * One exchange. A rotation is a reading and a compare-and-set, each a statement by itself: a
   * transaction around them would add nothing but two trips to the store.
   */
  private final class Exchange<R extends ExchangeRefreshTokenForScope.Result> {

    private final Command command;
    private final RefreshToken claimed;
    private final Optional<AccessToken> accessToken;
    private final Roles<R> roles;
    private final Issuer issuer;
    private final Instant now;

    private Exchange(
        Command command,
        RefreshToken claimed,
        Optional<AccessToken> accessToken,
        Roles<R> roles,
        Issuer issuer,
        Instant now) {
      this.command = command;
      this.claimed = claimed;
      this.accessToken = accessToken;
      this.roles = roles;
      this.issuer = issuer;
      this.now = now;
    }

    private Verdict<R> run() {
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        Optional<SessionOfUser> found =
            sessions.findWithUser(claimed.sessionId()).filter(this::isAuthentic);
        if (found.isEmpty()) {
          return new Verdict.Unknown<>(roles.result(new Result.Unknown()));
        }
        boolean raced = attempt > 0;
        switch (step(found.get(), raced)) {
          case Step.Decided<R>(R result) -> {
            return new Verdict.OfSession<>(result, found.get().session(), claimed);
          }
          case Step.LostRace<R>() -> {} // what the winner wrote can be seen now
        }
      }
      throw new IllegalStateException("an exchange lost " + MAX_ATTEMPTS + " races in a row");
    }

    private boolean isAuthentic(SessionOfUser found) {
      return sessionTokens.isAuthentic(command.refreshToken(), claimed, found.session());
    }

    private Step<R> step(SessionOfUser found, boolean raced) {
      return objectionTo(found.session())
          .map(this::decided)
          .orElseGet(() -> decide(found.session(), found.user(), raced));
    }

    /** What rules the exchange out before the protocol decides. */
    private Optional<Result> objectionTo(Session session) {
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
     * @param raced whether this exchange has lost a race before: then its token was current when it
     *     began
     */
    private Step<R> decide(Session session, User user, boolean raced) {
      var attempt =
          new ExchangeAttempt(
              claimed, command.idempotencyKey(), command.keyProof(), refreshTokens.currentKeyId());
      return switch (session.exchange(attempt, now, policy)) {
        case ExchangeDecision.Rotated(Session rotated) -> rotate(session, rotated, user);
        case ExchangeDecision.Retried(Session current) ->
            new Step.Decided<>(issue(user, current, Outcome.RETRIED));
        case ExchangeDecision.ReuseDetected(Session _, Revocation _) when raced ->
            decided(new Result.Overtaken());
        case ExchangeDecision.ReuseDetected(Session reused, Revocation revocation) -> {
          revoke(reused, revocation, user);
          yield decided(new Result.ReuseDetected());
        }
        case ExchangeDecision.RefusedRevoked(Session _) -> decided(new Result.Revoked());
        case ExchangeDecision.RefusedExpired(Session _) -> decided(new Result.Expired());
        case ExchangeDecision.RefusedUnproven(Session _) -> decided(new Result.Unproven());
        case ExchangeDecision.RefusedStaleProof(Session _) -> decided(new Result.StaleProof());
      };
    }

    /** Whoever ends the session tells its user: both happen, or neither. */
    private void revoke(Session reused, Revocation revocation, User user) {
      boolean _ =
          transactions.execute(
              () -> {
                boolean ended = sessions.revoke(reused.id(), revocation);
                if (ended) {
                  mail.notice(MailKind.REFRESH_TOKEN_REUSED, user, command.device(), now);
                }
                return ended;
              });
    }

    /**
     * Signs before it writes: once a revocation is acknowledged, no rotation makes an access token
     * of the session any more.
     */
    private Step<R> rotate(Session read, Session rotated, User user) {
      R result = issue(user, rotated, Outcome.ROTATED);
      boolean writes = result instanceof Result.Exchanged;
      return !writes || sessions.advance(rotated, read.generation())
          ? new Step.Decided<>(result)
          : new Step.LostRace<>();
    }

    /** A disabled user's sessions count as revoked. */
    private R issue(User user, Session session, Outcome outcome) {
      return user.isActive()
          ? roles.limit(
              sessionTokens.permitted(user, session),
              limit -> new Result.Exchanged(issuer.issue(user, session, limit, outcome, now)))
          : roles.result(new Result.Revoked());
    }

    private Step<R> decided(Result result) {
      return new Step.Decided<>(roles.result(result));
    }
  }

  /** How one look at the session ended. */
  private sealed interface Step<R> {

    record Decided<R>(R result) implements Step<R> {}

    /** Another exchange wrote between our reading and our writing. */
    record LostRace<R>() implements Step<R> {}
  }

  /** A result, with what had been verified when it was reached. */
  private sealed interface Verdict<R> {

    R result();

    /** It is not known of which session. */
    record Unknown<R>(R result) implements Verdict<R> {}

    /**
     * @param presented an authentic token of the session
     */
    record OfSession<R>(R result, Session session, RefreshToken presented) implements Verdict<R> {}
  }

  /**
   * Which of the user's roles the access token is limited to.
   *
   * @param <R> the results that the caller can meet
   */
  interface Roles<R extends ExchangeRefreshTokenForScope.Result> {

    /**
     * Issues with a limit, or refuses the one that was asked for.
     *
     * @param permitted to the user by the session's client
     */
    R limit(Set<Role> permitted, Function<Set<Role>, Result.Exchanged> issue);

    /** A result that has nothing to do with roles. */
    R result(Result result);
  }

  private static final class AllRoles implements Roles<Result> {

    @Override
    public Result limit(Set<Role> permitted, Function<Set<Role>, Result.Exchanged> issue) {
      return issue.apply(permitted);
    }

    @Override
    public Result result(Result result) {
      return result;
    }
  }
}
