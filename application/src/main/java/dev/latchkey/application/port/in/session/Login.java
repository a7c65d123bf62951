package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.Password;

/** Proves who somebody is by a password and starts a session. */
public interface Login {

  Result execute(Command command);

  /**
   * @param login a user name or an e-mail address, as it was typed
   * @param clientId the client that the session is to belong to
   */
  record Command(String login, Password password, ClientId clientId, Device device) {}

  sealed interface Result {

    record LoggedIn(IssuedTokens tokens) implements Result {}

    /**
     * There is no such user, or the password is another, or the account is disabled: a caller
     * cannot tell which.
     */
    record InvalidCredentials() implements Result {}

    /** Too many passwords are being hashed; trying again in a moment helps. */
    record Overloaded() implements Result {}
  }
}
