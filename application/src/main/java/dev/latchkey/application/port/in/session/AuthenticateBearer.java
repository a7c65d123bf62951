package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the bearer of an access token (RFC 6750), or whoever has the key that it is bound to
 * (RFC 9449 §7). Unlike a resource server that checks the token alone, Latchkey looks at the
 * session and the user with every call.
 */
public interface AuthenticateBearer {

  Result execute(Command command);

  /**
   * @param provenKey that the request proves (RFC 9449 §7.1); null if it sends the token as a
   *     bearer token
   */
  record Command(TokenText accessToken, @Nullable KeyThumbprint provenKey) {}

  sealed interface Result {

    /**
     * @param token with those of its roles that the user still has
     */
    record Authenticated(AccessToken token) implements Result {}

    /** The token is one of ours and has expired. */
    record Expired() implements Result {}

    /**
     * The token is not one of ours, or is bound to another key than the one that is proven, its
     * session has ended, or its user is disabled or gone.
     */
    record Invalid() implements Result {}
  }
}
