package dev.latchkey.testkit;

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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lets rivals act at the worst moment: after somebody has read a session, and before the same one
 * advances it.
 */
public final class InterleavedSessions implements Sessions {

  private final Sessions sessions;
  private final Queue<Runnable> rivals = new ConcurrentLinkedQueue<>();

  public InterleavedSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The rival has a thread, and so a transaction, of its own; it is done before the advance is. */
  public void beforeNextAdvance(Runnable rival) {
    rivals.add(rival);
  }

  @Override
  public boolean advance(Session rotated, Generation expected) {
    Runnable rival = rivals.poll();
    if (rival != null) {
      CompletableFuture.runAsync(rival).join();
    }
    return sessions.advance(rotated, expected);
  }

  @Override
  public void add(Session session) {
    sessions.add(session);
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return sessions.find(id);
  }

  @Override
  public Optional<SessionOfUser> findWithUser(SessionId id) {
    return sessions.findWithUser(id);
  }

  @Override
  public List<Session> activeOf(UserId userId, Instant now) {
    return sessions.activeOf(userId, now);
  }

  @Override
  public boolean existsFrom(ClientNetwork network, UserId userId, Instant since) {
    return sessions.existsFrom(network, userId, since);
  }

  @Override
  public boolean revoke(SessionId id, Revocation revocation) {
    return sessions.revoke(id, revocation);
  }
}
