package dev.latchkey.testkit;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.application.port.out.session.Sessions;

/** The ports of one store: its transactions enclose the writes of its users and sessions. */
public record Stores(
    Users users, Sessions sessions, EndedSessions endedSessions, Transactions transactions) {

  /** New and empty ones in memory. */
  public static Stores inMemory() {
    var store = new InMemoryStore();
    return new Stores(
        new InMemoryUsers(store),
        new InMemorySessions(store),
        new InMemoryEndedSessions(store),
        store);
  }
}
