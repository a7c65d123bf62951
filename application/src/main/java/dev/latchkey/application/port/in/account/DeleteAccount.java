package dev.latchkey.application.port.in.account;

import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;

/**
 * Deletes users who prove once more who they are, and all that is known of them. Their user name is
 * kept for a while, so that nobody else can pass for them.
 */
public interface DeleteAccount {

  Result execute(Command command);

  record Command(UserId userId, SessionId current, Password password, Device device) {}

  sealed interface Result {

    record Deleted() implements Result {}

    record WrongPassword() implements Result {}

    /**
     * @param delay how long until the next may be tried; positive
     */
    record TooManyAttempts(Duration delay) implements Result {}

    /** Nobody else could administer the service. */
    record LastAdministrator() implements Result {}

    /** Too many passwords are being hashed; trying again in a moment helps. */
    record Overloaded() implements Result {}
  }
}
