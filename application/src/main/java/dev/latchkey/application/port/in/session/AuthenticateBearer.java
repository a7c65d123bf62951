package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;

/**
 * Recognises the bearer of an access token (RFC 6750). Unlike a resource server that checks the
 * token alone, Latchkey looks at the session and the user with every call.
 */
public interface AuthenticateBearer {

  Result execute(Command command);

  record Command(TokenText accessToken) {}

  sealed interface Result {

    /**
     * @param token with those of its roles that the user still has
     */
    record Authenticated(AccessToken token) implements Result {}

    /** The token is one of ours and has expired. */
    record Expired() implements Result {}

    /** The token is not one of ours, its session has ended, or its user is disabled or gone. */
    record Invalid() implements Result {}
  }
}
