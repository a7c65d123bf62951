package dev.latchkey.application.service.session;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Ends the sessions of a user for what has happened to the account; that is what is announced. To
 * be called in the transaction in which it happens, after the user is locked: a log-in locks the
 * user too, so that no session slips in.
 */
public final class SessionEnder {

  private final Sessions sessions;

  public SessionEnder(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * @return how many there were
   */
  @CanIgnoreReturnValue
  public int endAll(UserId userId, Revocation.Reason reason, Instant now) {
    return end(sessions.activeOf(userId, now).stream(), new Revocation(now, reason));
  }

  /** All but this one. */
  public void endOthers(UserId userId, SessionId current, Revocation.Reason reason, Instant now) {
    var _ =
        end(
            sessions.activeOf(userId, now).stream()
                .filter(session -> !session.id().equals(current)),
            new Revocation(now, reason));
  }

  private int end(Stream<Session> ended, Revocation revocation) {
    return (int) ended.filter(session -> sessions.revoke(session.id(), revocation)).count();
  }
}
