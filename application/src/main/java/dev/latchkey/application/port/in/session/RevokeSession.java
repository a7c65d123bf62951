package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;

/** Ends one of a user's own sessions: the current one, or another device's. */
public interface RevokeSession {

  Result execute(Command command);

  record Command(UserId owner, SessionId sessionId, Device device) {}

  sealed interface Result {

    /** The session is ended now; no exchange of it that begins after this succeeds. */
    record Revoked() implements Result {}

    /** They have no such session, or it was ended before. Somebody else's is none of theirs. */
    record NothingToRevoke() implements Result {}
  }
}
