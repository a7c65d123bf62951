package dev.latchkey.application.service;

import dev.latchkey.application.port.in.ListSessions;
import dev.latchkey.application.port.out.Sessions;
import dev.latchkey.application.port.out.Transactions;
import java.time.Instant;
import java.time.InstantSource;

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
  public Result execute(Command command) {
    Instant now = clock.instant();
    return new Result.Listed(transactions.execute(() -> sessions.activeOf(command.userId(), now)));
  }
}
