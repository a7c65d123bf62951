package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvent.Concerned;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.service.session.PresentedTokens.Access;
import dev.latchkey.application.service.session.PresentedTokens.Presented;
import dev.latchkey.application.service.session.PresentedTokens.Reading;
import dev.latchkey.application.service.session.PresentedTokens.Refresh;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link RevokeToken}. */
public final class RevokeTokenService implements RevokeToken {

  private final Transactions transactions;
  private final PresentedTokens presentedTokens;
  private final SessionRevoker revoker;
  private final Leeway leeway;
  private final SecurityEvents events;
  private final InstantSource clock;

  public RevokeTokenService(
      Transactions transactions,
      PresentedTokens presentedTokens,
      SessionRevoker revoker,
      Leeway leeway,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.presentedTokens = presentedTokens;
    this.revoker = revoker;
    this.leeway = leeway;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    Reading reading = presentedTokens.read(command.token().text());
    return switch (transactions.execute(() -> revoke(command, reading, now))) {
      case Verdict.Ended(List<Session> ended) -> {
        revoker.announce(ended, command.device(), now);
        yield ended.isEmpty() ? new Result.NothingToRevoke() : new Result.Revoked();
      }
      case Verdict.OthersSession(Session session) -> {
        events.publish(
            new SecurityEvent.RevocationOtherClient(Concerned.of(session, command.device(), now)));
        yield new Result.OtherClient();
      }
      case Verdict.Unproven(Session session) -> {
        events.publish(
            new SecurityEvent.RevocationUnproven(Concerned.of(session, command.device(), now)));
        yield new Result.Unproven();
      }
    };
  }

  private Verdict revoke(Command command, Reading reading, Instant now) {
    Optional<? extends Presented> found = find(command.token(), reading, now);
    Optional<Session> session = found.map(Presented::session);
    return session
        .filter(of -> !of.clientId().equals(command.clientId()))
        .<Verdict>map(Verdict.OthersSession::new)
        .or(
            () ->
                session
                    .filter(_ -> isBoundToAnotherKey(found.orElseThrow(), command.provenKey()))
                    .map(Verdict.Unproven::new))
        .orElseGet(() -> new Verdict.Ended(revoker.end(session.stream(), now)));
  }

  private static boolean isBoundToAnotherKey(Presented presented, @Nullable KeyThumbprint proven) {
    return switch (presented) {
      case Access access ->
          access.token().boundKey() != null && !access.token().boundKey().equals(proven);
      case Refresh(RefreshToken _, Session session, User _) ->
          session.binding() != null && !session.binding().isProvenBy(proven);
    };
  }

  private Optional<? extends Presented> find(Token token, Reading reading, Instant now) {
    return switch (token) {
      case Token.Refresh _ -> presentedTokens.findRefreshToken(reading);
      case Token.Any _ ->
          presentedTokens.find(reading).filter(presented -> isAccepted(presented, now));
    };
  }

  /** An expired access token ends nothing; a refresh token, even a spent one, does. */
  private boolean isAccepted(Presented presented, Instant now) {
    return switch (presented) {
      case Access access -> leeway.accepts(access.token(), now);
      case Refresh _ -> true;
    };
  }

  private sealed interface Verdict {

    record Ended(List<Session> sessions) implements Verdict {}

    record OthersSession(Session session) implements Verdict {}

    record Unproven(Session session) implements Verdict {}
  }
}
