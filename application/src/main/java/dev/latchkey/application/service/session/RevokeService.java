package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.Revoke;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.application.service.Announcements;
import dev.latchkey.application.service.session.PresentedTokens.Access;
import dev.latchkey.application.service.session.PresentedTokens.Presented;
import dev.latchkey.application.service.session.PresentedTokens.Reading;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link Revoke}. */
public final class RevokeService implements Revoke {

  private final Transactions transactions;
  private final Sessions sessions;
  private final PresentedTokens presentedTokens;
  private final SecurityEvents events;
  private final InstantSource clock;

  public RevokeService(
      Transactions transactions,
      Sessions sessions,
      PresentedTokens presentedTokens,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.presentedTokens = presentedTokens;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    Verdict verdict = revoke(command.target(), now);
    var announcements = new Announcements(events, command.device(), now);
    verdict
        .ended()
        .forEach(session -> announcements.of(SecurityEvent.Type.SESSION_REVOKED, session));
    verdict
        .refused()
        .ifPresent(
            session -> announcements.of(SecurityEvent.Type.REVOCATION_OTHER_CLIENT, session));
    return verdict.result();
  }

  private Verdict revoke(Target target, Instant now) {
    return switch (target) {
      case Target.OfRefreshToken(TokenText text, ClientId clientId) -> {
        Reading reading = presentedTokens.read(text);
        yield transactions.execute(
            () -> endFor(clientId, presentedTokens.findRefreshToken(reading), now));
      }
      case Target.OfToken(TokenText text, ClientId clientId) -> {
        Reading reading = presentedTokens.read(text);
        yield transactions.execute(
            () ->
                endFor(
                    clientId,
                    presentedTokens.find(reading).filter(token -> isAccepted(token, now)),
                    now));
      }
      case Target.OwnSession(UserId owner, SessionId id) ->
          transactions.execute(
              () ->
                  end(
                      sessions.find(id).filter(session -> session.userId().equals(owner)).stream(),
                      now));
      case Target.OwnOtherSessions(UserId owner, SessionId current) ->
          transactions.execute(
              () ->
                  end(
                      sessions.activeOf(owner, now).stream()
                          .filter(session -> !session.id().equals(current)),
                      now));
    };
  }

  /** An expired access token ends nothing; a refresh token, even a spent one, does. */
  private static boolean isAccepted(Presented presented, Instant now) {
    return !(presented instanceof Access access && access.token().isExpired(now));
  }

  private Verdict endFor(ClientId clientId, Optional<? extends Presented> presented, Instant now) {
    Optional<Session> session = presented.map(Presented::session);
    return session.filter(found -> !found.clientId().equals(clientId)).isPresent()
        ? new Verdict(new Result.OtherClient(), List.of(), session)
        : end(session.stream(), now);
  }

  /** Others may have been faster with some of them. */
  private Verdict end(Stream<Session> targets, Instant now) {
    var revocation = new Revocation(now, Revocation.Reason.LOGGED_OUT);
    List<Session> ended =
        targets.filter(session -> sessions.revoke(session.id(), revocation)).toList();
    return new Verdict(
        ended.isEmpty() ? new Result.NothingToRevoke() : new Result.Revoked(),
        ended,
        Optional.empty());
  }

  /**
   * A result, with what had been verified when it was reached.
   *
   * @param ended by this call
   * @param refused because it belongs to another client
   */
  private record Verdict(Result result, List<Session> ended, Optional<Session> refused) {}
}
