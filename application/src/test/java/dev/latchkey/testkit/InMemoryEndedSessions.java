package dev.latchkey.testkit;

import static java.util.Comparator.naturalOrder;

import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link EndedSessions} in memory. */
public final class InMemoryEndedSessions implements EndedSessions {

  private final InMemoryStore store;

  public InMemoryEndedSessions(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public int deleteEndedBefore(Instant time, int limit) {
    return store.statement(
        () -> {
          List<Session> ended =
              store.sessions.values().stream()
                  .filter(s -> endOf(s).isBefore(time))
                  .limit(limit)
                  .toList();
          ended.forEach(session -> store.remove(store.sessions, session.id()));
          return ended.size();
        });
  }

  @Override
  public Optional<Instant> oldestEnd(Instant now) {
    return store.statement(
        () ->
            store.sessions.values().stream()
                .map(InMemoryEndedSessions::endOf)
                .filter(end -> end.isBefore(now))
                .min(naturalOrder()));
  }

  private static Instant endOf(Session session) {
    Revocation revocation = session.revocation();
    return revocation == null ? session.absoluteExpiresAt() : revocation.at();
  }
}
