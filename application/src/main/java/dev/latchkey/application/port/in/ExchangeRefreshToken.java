package dev.latchkey.application.port.in;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.ClientFacts;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.TokenText;
import dev.latchkey.domain.user.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Trades a refresh token for an access token and the next refresh token (RFC 6749 §6, with rotation). */
public interface ExchangeRefreshToken {

  Result execute(Command command);

  /**
   * @param clientId the client that asks, as it has proven
   * @param scope what the access token is to be good for, of the roles that the user has; all of them if it is null
   * @param accessToken if given, must be an authentic access token of the same session, expired or not
   */
  record Command(
      TokenText refreshToken,
      ClientId clientId,
      @Nullable Set<Role> scope,
      @Nullable IdempotencyKey idempotencyKey,
      @Nullable TokenText accessToken,
      ClientFacts client) {}

  sealed interface Result {

    /** The outcome of the tokens says whether the refresh token was rotated or told again. */
    record Exchanged(IssuedTokens tokens) implements Result {}

    /** Not a refresh token of ours; nothing more is said. */
    record Unknown() implements Result {}

    record Expired() implements Result {}

    record Revoked() implements Result {}

    /** A spent token came back outside the retry rule: the session is revoked from now on. */
    record ReuseDetected() implements Result {}

    /** The token was current when this exchange began, and two others were faster: no proof of theft, no change. */
    record Overtaken() implements Result {}

    /** The session belongs to another client; no change. */
    record OtherClient() implements Result {}

    /** More was asked for than the user may; no change. */
    record ScopeTooWide() implements Result {}

    /** The access token that was sent along is not one of this session. */
    record AccessTokenMismatch() implements Result {}

    /** The access token must be sent along, and have expired; this installation wants it so. */
    record TooEarly() implements Result {}
  }
}
