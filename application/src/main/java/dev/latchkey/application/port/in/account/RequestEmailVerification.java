package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import java.time.Duration;

/**
 * Mails a code that verifies an address, if it is that of an account that has not verified it, or
 * of one that is still to be opened. The caller learns nothing of that.
 */
public interface RequestEmailVerification {

  Result execute(Command command);

  record Command(EmailAddress email, Device device) {}

  sealed interface Result {

    /** If there is something to verify, a code is on its way. */
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
