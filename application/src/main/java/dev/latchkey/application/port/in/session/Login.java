package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Password;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Proves who somebody is by a password and starts a session. */
public interface Login {

  Result execute(Command command);

  /**
   * @param login a user name or an e-mail address, as it was typed
   * @param earlierToken a refresh token, current, spent or ended, of the session that this device
   *     had before: it shows that the account knows the device, and its session ends
   * @param clientId the client that the session is to belong to
   * @param binding to a key that the request proves, if there is one; that of an earlier token must
   *     be the same
   */
  record Command(
      String login,
      Password password,
      @Nullable TokenText earlierToken,
      ClientId clientId,
      @Nullable Binding binding,
      Device device) {}

  sealed interface Result {

    record LoggedIn(IssuedTokens tokens) implements Result {}

    /**
     * There is no such user, or the password is another, or the account is disabled or closed to
     * unknown devices: a caller cannot tell which.
     */
    record InvalidCredentials() implements Result {}

    /**
     * There were too many wrong passwords; whether this one is right is not said.
     *
     * @param delay how long until the next may be tried; positive
     */
    record TooManyAttempts(Duration delay) implements Result {}

    /** The client's sessions must be bound, and the request proves no key (RFC 9449 §5.2). */
    record BindingRequired() implements Result {}

    /** Too many passwords are being hashed; trying again in a moment helps. */
    record Overloaded() implements Result {}
  }
}
