package dev.latchkey.application.port.in.account;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Opens an account and starts its first session; or, where the operator requires it, has the
 * address verified first.
 */
public interface Register {

  Result execute(Command command);

  /**
   * @param clientId the client that the first session is to belong to
   * @param binding of that session to a key that the request proves, if there is one
   */
  record Command(
      Username username,
      EmailAddress email,
      NewPassword password,
      @Nullable PersonName firstName,
      @Nullable PersonName lastName,
      ClientId clientId,
      @Nullable Binding binding,
      Device device) {}

  sealed interface Result {

    record Registered(User user, IssuedTokens tokens) implements Result {}

    /**
     * A code is on its way to the address; the account is opened when it comes back. Whether the
     * address has an account already, the caller does not learn.
     */
    record VerificationRequired() implements Result {}

    record UsernameTaken() implements Result {}

    record EmailTaken() implements Result {}

    record PasswordTooCommon() implements Result {}

    /** The password is in the list of leaked ones that the operator has. */
    record PasswordBreached() implements Result {}

    /**
     * The password is little more than a name: that of the account, its address, the service, or
     * another word that the operator names.
     */
    record PasswordTooSimilar() implements Result {}

    /**
     * There were too many registrations from this network.
     *
     * @param delay how long until there may be another one; positive
     */
    record TooManyAttempts(Duration delay) implements Result {}

    /** The client's sessions must be bound, and the request proves no key (RFC 9449 §5.2). */
    record BindingRequired() implements Result {}

    /** Too many passwords are being hashed; trying again in a moment helps. */
    record Overloaded() implements Result {}
  }
}
