package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.NewPassword;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a user another password for a mailed code. All sessions end, and unknown devices can log in
 * again if the account was closed to them.
 */
public interface ResetPassword {

  Result execute(Command command);

  /**
   * @param code empty if what was presented cannot be one
   */
  record Command(Optional<Code> code, NewPassword newPassword, Device device) {}

  sealed interface Result {

    record Reset() implements Result {}

    /** It is no code, or serves another purpose, or was used, or has expired. */
    record InvalidCode() implements Result {}

    /**
     * There were too many wrong codes from this network.
     *
     * @param delay how long until the next may be tried; positive
     */
    record TooManyAttempts(Duration delay) implements Result {}

    /** The code can be used again. */
    record PasswordTooCommon() implements Result {}

    /** The code can be used again. */
    record PasswordTooSimilar() implements Result {}

    /** It is in a list of leaked passwords. The code can be used again. */
    record PasswordBreached() implements Result {}

    /** Too many passwords are being hashed; trying again in a moment helps. */
    record Overloaded() implements Result {}
  }
}
