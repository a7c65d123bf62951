package dev.latchkey.testkit;

import static java.util.Comparator.comparing;

import dev.latchkey.application.port.out.session.SessionOfUser;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@link Sessions} in memory. Like a database, it refuses the session of a user who is not stored.
 */
public final class InMemorySessions implements Sessions {

  private final InMemoryStore store;

  public InMemorySessions(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public void add(Session session) {
    store.statement(
        () -> {
          if (!store.users.containsKey(session.userId())) {
            throw new IllegalStateException("a session needs its user");
          }
          if (store.sessions.containsKey(session.id())) {
            throw new IllegalStateException("a session is added once");
          }
          return put(session);
        });
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return store.statement(() -> Optional.ofNullable(store.sessions.get(id)));
  }

  @Override
  public Optional<SessionOfUser> findWithUser(SessionId id) {
    return store.statement(
        () ->
            find(id)
                .map(
                    session ->
                        new SessionOfUser(
                            session, Objects.requireNonNull(store.users.get(session.userId())))));
  }

  @Override
  public boolean advance(Session rotated, Generation expected) {
    return store.statement(
        () ->
            find(rotated.id())
                .filter(stored -> stored.generation().equals(expected) && !stored.isRevoked())
                .map(_ -> put(rotated))
                .isPresent());
  }

  @Override
  public boolean revoke(SessionId id, Revocation revocation) {
    return store.statement(
        () ->
            find(id)
                .filter(stored -> !stored.isRevoked())
                .map(stored -> put(stored.revoke(revocation)))
                .isPresent());
  }

  @Override
  public List<Session> activeOf(UserId userId, Instant now) {
    return store.statement(
        () ->
            store.sessions.values().stream()
                .filter(session -> session.userId().equals(userId) && session.isActive(now))
                .sorted(comparing(Session::startedAt))
                .toList());
  }

  @Override
  public boolean existsFrom(ClientNetwork network, UserId userId, Instant since) {
    return store.statement(
        () ->
            store.sessions.values().stream()
                .filter(session -> session.userId().equals(userId))
                .filter(session -> session.device().network().equals(network))
                .anyMatch(session -> !session.startedAt().isBefore(since)));
  }

  private Session put(Session session) {
    store.put(store.sessions, session.id(), session);
    return session;
  }
}
