package dev.latchkey.testkit;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.application.port.out.session.Sessions;

/** The ports of one store: its transactions enclose the writes of all of them. */
public record Stores(
    Users users,
    Sessions sessions,
    EndedSessions endedSessions,
    AttemptCounts attemptCounts,
    Registrations registrations,
    MailedCodes mailedCodes,
    Outbox outbox,
    Transactions transactions) {

  /** These, but for the users. */
  public Stores with(Users others) {
    return new Stores(
        others,
        sessions,
        endedSessions,
        attemptCounts,
        registrations,
        mailedCodes,
        outbox,
        transactions);
  }

  /** These, but for the sessions. */
  public Stores with(Sessions others) {
    return new Stores(
        users,
        others,
        endedSessions,
        attemptCounts,
        registrations,
        mailedCodes,
        outbox,
        transactions);
  }

  /** These, but for the transactions. */
  public Stores with(Transactions others) {
    return new Stores(
        users, sessions, endedSessions, attemptCounts, registrations, mailedCodes, outbox, others);
  }

  /** New and empty ones in memory. */
  public static Stores inMemory() {
    return on(new InMemoryStore());
  }

  /** Those of tables in memory. */
  public static Stores on(InMemoryStore store) {
    return new Stores(
        new InMemoryUsers(store),
        new InMemorySessions(store),
        new InMemoryEndedSessions(store),
        new InMemoryAttemptCounts(store),
        new InMemoryRegistrations(store),
        new InMemoryMailedCodes(store),
        new InMemoryOutbox(store),
        store);
  }
}
