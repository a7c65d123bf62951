package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import java.time.Duration;

/**
 * Mails a code that resets the password to an address, if an account has it. The caller learns
 * nothing of that, not even by the time it takes.
 */
public interface RequestPasswordReset {

  Result execute(Command command);

  record Command(EmailAddress email, Device device) {}

  sealed interface Result {

    /** If an account has that address, a code is on its way. */
    record Accepted() implements Result {}

    /**
     * Too many mails were asked for from this network.
     *
     * @param delay how long until the next may be; positive
     */
    record TooManyAttempts(Duration delay) implements Result {}

    /** No mail can be sent. */
    record MailOff() implements Result {}
  }
}
