package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.UserId;

/** Ends sessions: their user logs out. */
public interface Revoke {

  Result execute(Command command);

  record Command(Target target, Device device) {}

  /** Which sessions to end. */
  sealed interface Target {

    /** The session of a refresh token, current or spent, by the client that it belongs to. */
    record OfRefreshToken(TokenText refreshToken, ClientId clientId) implements Target {}

    /** The same, or the session of an access token that has not expired (RFC 7009 §2). */
    record OfToken(TokenText token, ClientId clientId) implements Target {}

    /** A session of the user who asks. Somebody else's is no session to them. */
    record OwnSession(UserId userId, SessionId sessionId) implements Target {}

    /** All sessions of the user who asks but the one they ask from. */
    record OwnOtherSessions(UserId userId, SessionId current) implements Target {}
  }

  sealed interface Result {

    /** At least one session is ended now; no exchange of it that begins after this succeeds. */
    record Revoked() implements Result {}

    /** There was no such session, or it was ended before. */
    record NothingToRevoke() implements Result {}

    /** The session belongs to another client; no change (RFC 7009 §2.1). */
    record OtherClient() implements Result {}
  }
}
