package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.RevokeSession;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** {@link RevokeSession}. */
public final class RevokeSessionService implements RevokeSession {

  private final Transactions transactions;
  private final Sessions sessions;
  private final SessionRevoker revoker;
  private final InstantSource clock;

  public RevokeSessionService(
      Transactions transactions, Sessions sessions, SessionRevoker revoker, InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.revoker = revoker;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    List<Session> ended = transactions.execute(() -> revoker.end(own(command), now));
    revoker.announce(ended, command.device(), now);
    return ended.isEmpty() ? new Result.NothingToRevoke() : new Result.Revoked();
  }

  private Stream<Session> own(Command command) {
    return sessions.find(command.sessionId()).stream()
        .filter(session -> session.userId().equals(command.owner()));
  }
}
