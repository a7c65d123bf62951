package dev.latchkey.application.service;

import dev.latchkey.application.port.in.Revoke;
import dev.latchkey.application.port.out.RefreshTokens;
import dev.latchkey.application.port.out.SecurityEvent;
import dev.latchkey.application.port.out.SecurityEvents;
import dev.latchkey.application.port.out.Sessions;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.session.TokenText;
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
  private final RefreshTokens refreshTokens;
  private final SessionTokens sessionTokens;
  private final SecurityEvents events;
  private final InstantSource clock;

  public RevokeService(
      Transactions transactions,
      Sessions sessions,
      RefreshTokens refreshTokens,
      SessionTokens sessionTokens,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
    this.sessionTokens = sessionTokens;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    List<Session> ended = transactions.execute(() -> end(sessionsOf(command.target(), now), now));
    var announcements = new Announcements(events, command.client(), now);
    ended.forEach(session -> announcements.of(SecurityEvent.Type.SESSION_REVOKED, session));
    return ended.isEmpty() ? new Result.NothingToRevoke() : new Result.Revoked();
  }

  /** Those that this call has ended; others were faster with the rest. */
  private List<Session> end(Stream<Session> targets, Instant now) {
    var revocation = new Revocation(now, Revocation.Reason.LOGGED_OUT);
    return targets.filter(session -> sessions.revoke(session.id(), revocation)).toList();
  }

  private Stream<Session> sessionsOf(Target target, Instant now) {
    return switch (target) {
      case Target.OfRefreshToken(TokenText text) ->
          refreshTokens.parse(text).flatMap(claimed -> proven(text, claimed)).stream();
      case Target.OwnSession(UserId owner, SessionId id) ->
          sessions.find(id).filter(session -> session.userId().equals(owner)).stream();
      case Target.OwnOtherSessions(UserId owner, SessionId current) ->
          sessions.activeOf(owner, now).stream().filter(session -> !session.id().equals(current));
    };
  }

  private Optional<Session> proven(TokenText text, RefreshToken claimed) {
    return sessions
        .find(claimed.sessionId())
        .filter(session -> sessionTokens.isAuthentic(text, claimed, session));
  }
}
