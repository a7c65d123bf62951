package dev.latchkey.application.service.attempt;

import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.util.Optional;

/** What became of comparing a password. Whether it matches is known once it is concluded. */
public sealed interface Tried {

  /**
   * @param user whom it was compared for
   * @param renewed the hash to replace an outdated one with
   */
  record Compared(
      Optional<User> user, Origin origin, boolean matches, Optional<PasswordHash> renewed)
      implements Tried {

    @Override
    public String toString() {
      return "Compared[redacted]";
    }
  }

  /**
   * It was not compared.
   *
   * @param delay how long until there may be another attempt; positive
   * @param user whose account it was meant for, if there is one
   */
  record TooManyAttempts(Duration delay, Optional<UserId> user) implements Tried {}

  /** Too many passwords are being hashed. */
  record Overloaded() implements Tried {}
}
