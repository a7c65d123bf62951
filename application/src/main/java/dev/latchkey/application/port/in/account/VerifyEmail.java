package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Device;
import java.time.Duration;
import java.util.Optional;

/**
 * Accepts a mailed code as proof that its sender reads an address: that of an account, of one that
 * is opened by it, or the new one of an account.
 */
public interface VerifyEmail {

  Result execute(Command command);

  /**
   * @param code empty if what was presented cannot be one
   */
  record Command(Optional<Code> code, Device device) {}

  sealed interface Result {

    record Verified() implements Result {}

    /**
     * It is no code, or serves another purpose, or was used, or has expired; or the address belongs
     * to somebody else by now.
     */
    record InvalidCode() implements Result {}

    /**
     * There were too many wrong codes from this network.
     *
     * @param delay how long until the next may be tried; positive
     */
    record TooManyAttempts(Duration delay) implements Result {}
  }
}
