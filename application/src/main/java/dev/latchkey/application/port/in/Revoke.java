package dev.latchkey.application.port.in;

import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.session.TokenText;

/** Ends a session: its user logs out. */
public interface Revoke {

  Result execute(Command command);

  record Command(Target target) {}

  /** Which session to end. */
  sealed interface Target {

    /** The session of a refresh token, current or spent. */
    record OfRefreshToken(TokenText refreshToken) implements Target {}

    /** A session that the caller has proven to hold an access token of. */
    record OfSession(SessionId sessionId) implements Target {}
  }

  sealed interface Result {

    /** The session is ended now; no exchange that begins after this succeeds. */
    record Revoked() implements Result {}

    /** There was no such session, or it was ended before. */
    record NothingToRevoke() implements Result {}
  }
}
