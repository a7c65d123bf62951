package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;

/**
 * Mails a code to the address that users want to have from now on. Whether it belongs to somebody
 * else, they do not learn.
 */
public interface ChangeEmail {

  Result execute(Command command);

  record Command(
      UserId userId, SessionId current, Password password, EmailAddress email, Device device) {}

  sealed interface Result {

    /** The address becomes that of the account as soon as the code comes back. */
    record Accepted() implements Result {}

    record WrongPassword() implements Result {}

    /**
     * There were too many wrong passwords, or too many mails were asked for.
     *
     * @param delay how long until the next may be tried; positive
     */
    record TooManyAttempts(Duration delay) implements Result {}

    /** No mail can be sent. */
    record MailOff() implements Result {}

    /** Too many passwords are being hashed; trying again in a moment helps. */
    record Overloaded() implements Result {}
  }
}
