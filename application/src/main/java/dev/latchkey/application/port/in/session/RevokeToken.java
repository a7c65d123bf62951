package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.token.TokenText;
import org.jspecify.annotations.Nullable;

/** Ends the session of a token: whoever holds the token logs out (RFC 7009). */
public interface RevokeToken {

  Result execute(Command command);

  /**
   * @param clientId the client that asks, authenticated if it can be
   * @param provenKey that the request proves, if there is one; a token that is bound needs it
   */
  record Command(
      Token token, ClientId clientId, @Nullable KeyThumbprint provenKey, Device device) {}

  /** What the caller says that the token is. */
  sealed interface Token {

    TokenText text();

    /** A refresh token, current or spent. */
    record Refresh(TokenText text) implements Token {}

    /** The same, or an access token that has not expired (RFC 7009 §2). */
    record Any(TokenText text) implements Token {}
  }

  sealed interface Result {

    /** The session has ended; no exchange of it that begins after this succeeds. */
    record Revoked() implements Result {}

    /** There was no such session, or it was ended before. */
    record NothingToRevoke() implements Result {}

    /** The session belongs to another client; no change (RFC 7009 §2.1). */
    record OtherClient() implements Result {}

    /**
     * The token is bound to a key that the request does not prove; no change. A thief without the
     * key cannot even end the session.
     */
    record Unproven() implements Result {}
  }
}
