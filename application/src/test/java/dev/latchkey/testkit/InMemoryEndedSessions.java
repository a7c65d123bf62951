package dev.latchkey.testkit;

import static java.util.Comparator.naturalOrder;

import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  @Override
  public List<EndedSession> latest(Instant after, int limit) {
    return store.statement(
        () ->
            Stream.concat(
                    store.sessions.values().stream()
                        .flatMap(
                            session ->
                                Stream.ofNullable(session.revocation())
                                    .map(end -> new EndedSession(session.id(), end.at()))),
                    store.deletedSessions.entrySet().stream()
                        .map(entry -> new EndedSession(entry.getKey(), entry.getValue())))
                .filter(ended -> ended.at().isAfter(after))
                .sorted(Comparator.comparing(EndedSession::at).reversed())
                .limit(limit)
                .toList());
  }

  @Override
  public void rememberThoseOf(UserId userId, Instant at) {
    var _ =
        store.statement(
            () -> {
              store.sessions.values().stream()
                  .filter(session -> session.userId().equals(userId))
                  .forEach(session -> remember(session, at));
              return userId;
            });
  }

  private void remember(Session session, Instant at) {
    Revocation revocation = session.revocation();
    store.put(store.deletedSessions, session.id(), revocation == null ? at : revocation.at());
  }

  @Override
  public int forgetRememberedBefore(Instant time, int limit) {
    return store.statement(
        () -> {
          List<SessionId> old =
              store.deletedSessions.entrySet().stream()
                  .filter(entry -> entry.getValue().isBefore(time))
                  .map(Map.Entry::getKey)
                  .limit(limit)
                  .toList();
          old.forEach(id -> store.remove(store.deletedSessions, id));
          return old.size();
        });
  }

  private static Instant endOf(Session session) {
    Revocation revocation = session.revocation();
    return revocation == null ? session.absoluteExpiresAt() : revocation.at();
  }
}
