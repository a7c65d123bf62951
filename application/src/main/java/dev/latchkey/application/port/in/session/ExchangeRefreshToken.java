package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.KeyProof;
import dev.latchkey.domain.token.TokenText;
import org.jspecify.annotations.Nullable;

/**
 * The refresh grant with rotation: a refresh token for an access token and the next refresh token
 * (RFC 6749 §6). Not the token exchange of RFC 8693.
 */
public interface ExchangeRefreshToken {

  Result execute(Command command);

  /**
   * @param clientId the client that asks, authenticated if it can be
   * @param accessToken if given, must be an authentic access token of the same session, expired or
   *     not
   * @param keyProof of a key that the request proves, if there is one; a bound session needs it
   */
  record Command(
      TokenText refreshToken,
      ClientId clientId,
      @Nullable IdempotencyKey idempotencyKey,
      @Nullable TokenText accessToken,
      @Nullable KeyProof keyProof,
      Device device) {}

  sealed interface Result extends ExchangeRefreshTokenForScope.Result {

    /** The outcome of the tokens says whether the refresh token was rotated or re-issued. */
    record Exchanged(IssuedTokens tokens) implements Result {}

    /** Not a refresh token of ours; the caller learns no more. */
    record Unknown() implements Result {}

    record Expired() implements Result {}

    record Revoked() implements Result {}

    /** A spent token came back outside the retry rule: the session is revoked from now on. */
    record ReuseDetected() implements Result {}

    /**
     * The token was current when this exchange began, and two others were faster: no proof of
     * theft, no change.
     */
    record Overtaken() implements Result {}

    /** The session belongs to another client; no change. */
    record OtherClient() implements Result {}

    /** The access token in the request is not one of this session. */
    record AccessTokenMismatch() implements Result {}

    /** The session is bound to a key that the request does not prove; no change. */
    record Unproven() implements Result {}

    /**
     * The session is bound, and its tokens were rotated after the nonce of the proof was issued; no
     * change. A proof with a new nonce will do.
     */
    record StaleProof() implements Result {}

    /**
     * The request must include the access token, which must have expired; this installation
     * requires it.
     */
    record TooEarly() implements Result {}
  }
}
