package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.RevokeOtherSessions;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** {@link RevokeOtherSessions}. */
public final class RevokeOtherSessionsService implements RevokeOtherSessions {

  private final Transactions transactions;
  private final Sessions sessions;
  private final SessionRevoker revoker;
  private final InstantSource clock;

  public RevokeOtherSessionsService(
      Transactions transactions, Sessions sessions, SessionRevoker revoker, InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.revoker = revoker;
    this.clock = clock;
  }

  @Override
  public int execute(Command command) {
    Instant now = clock.instant();
    List<Session> ended = transactions.execute(() -> revoker.end(others(command, now), now));
    revoker.announce(ended, command.device(), now);
    return ended.size();
  }

  private Stream<Session> others(Command command, Instant now) {
    return sessions.activeOf(command.owner(), now).stream()
        .filter(session -> !session.id().equals(command.current()));
  }
}
