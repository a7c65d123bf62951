package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;

/** Gives users another password, if they know the one they have. */
public interface ChangePassword {

  Result execute(Command command);

  /**
   * @param current session, which goes on
   * @param endOthers whether all other sessions end
   */
  record Command(
      UserId userId,
      SessionId current,
      Password password,
      NewPassword newPassword,
      boolean endOthers,
      Device device) {}

  sealed interface Result {

    record Changed() implements Result {}

    record WrongPassword() implements Result {}

    /**
     * @param delay how long until the next may be tried; positive
     */
    record TooManyAttempts(Duration delay) implements Result {}

    record PasswordTooCommon() implements Result {}

    record PasswordTooSimilar() implements Result {}

    /** It is in a list of leaked passwords. */
    record PasswordBreached() implements Result {}

    /** There is no such account any more, or it is disabled. */
    record Gone() implements Result {}

    /** Too many passwords are being hashed; trying again in a moment helps. */
    record Overloaded() implements Result {}
  }
}
