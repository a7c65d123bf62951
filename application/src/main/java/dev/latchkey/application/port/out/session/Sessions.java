package dev.latchkey.application.port.out.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The sessions: one row each, however often they are exchanged. */
public interface Sessions {

  void add(Session session);

  /** The session as it was last committed, or as this transaction left it. Takes no lock. */
  Optional<Session> find(SessionId id);

  /**
   * The same with its user, both as they were at one moment: what whoever presents a token is
   * judged by.
   */
  Optional<SessionOfUser> findWithUser(SessionId id);

  /**
   * Compares and sets: stores the rotated session if the stored one still has the {@code expected}
   * generation and is not revoked.
   *
   * @return whether it did; if not, somebody else was faster, and nothing was stored
   */
  boolean advance(Session rotated, Generation expected);

  /**
   * Ends the session unless it was ended before; the first revocation stays.
   *
   * @return whether this call ended it
   */
  @CanIgnoreReturnValue
  boolean revoke(SessionId id, Revocation revocation);

  /** The sessions of a user that are active at that time, the oldest first. */
  List<Session> activeOf(UserId userId, Instant now);

  /** Whether the user has started a session from that network since then, ended ones included. */
  boolean existsFrom(ClientNetwork network, UserId userId, Instant since);
}
