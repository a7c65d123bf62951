package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.User;

/** Tells a resource server whether a token is valid right now, and what it says (RFC 7662). */
public interface IntrospectToken {

  Result execute(Command command);

  /**
   * @param token refresh or access
   * @param caller the client that asks
   */
  record Command(TokenText token, Client caller) {}

  sealed interface Result {

    /**
     * It is authentic and has not expired; its session has not ended, and its user is not disabled.
     */
    record ActiveAccessToken(AccessToken token) implements Result {}

    /**
     * It is the current refresh token of a session that has not ended, and its user is not
     * disabled.
     */
    record ActiveRefreshToken(Session session, User user) implements Result {}

    /** Anything else; nothing more is said (RFC 7662 §2.2). */
    record Inactive() implements Result {}

    /**
     * The client is a public one and cannot authenticate: it could scan for tokens (RFC 7662 §4).
     */
    record NotAuthenticated() implements Result {}

    /** This client may not introspect. */
    record NotAllowed() implements Result {}
  }
}
