package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.ListSessions;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** {@link ListSessions}. */
public final class ListSessionsService implements ListSessions {

  private final Transactions transactions;
  private final Sessions sessions;
  private final InstantSource clock;

  public ListSessionsService(Transactions transactions, Sessions sessions, InstantSource clock) {
    this.transactions = transactions;
    this.sessions = sessions;
    this.clock = clock;
  }

  @Override
  public List<Session> execute(UserId userId) {
    Instant now = clock.instant();
    return transactions.execute(() -> sessions.activeOf(userId, now));
  }
}
