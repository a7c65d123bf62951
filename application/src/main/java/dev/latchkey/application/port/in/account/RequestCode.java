package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import java.time.Duration;

/**
 * Mails a code to an address, if it would be good for anything there. The caller learns nothing of
 * that, not even by the time it takes.
 */
public interface RequestCode {

  Result execute(Command command);

  record Command(Purpose purpose, EmailAddress email, Device device) {}

  /** What the code is asked for. */
  enum Purpose {
    /** Of the account that has the address. */
    PASSWORD_RESET,

    /** Of an account that has not verified it, or of one that is still to be opened. */
    EMAIL_VERIFICATION
  }

  sealed interface Result {

    /** If there is an account to use it for, a code is on its way. */
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
