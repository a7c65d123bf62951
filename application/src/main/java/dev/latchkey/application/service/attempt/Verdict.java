package dev.latchkey.application.service.attempt;

import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.util.Optional;

/** What a password proves. */
public sealed interface Verdict {

  /**
   * It is the user's.
   *
   * @param user as the transaction sees it, locked
   * @param fromKnownOrigin whether the account is known to use the device or the network
   */
  record Proven(User user, boolean fromKnownOrigin) implements Verdict {}

  /**
   * It is not, or there is no such user, or the user is disabled, or may not log in from there.
   *
   * @param user whose account it was meant for, if there is one
   * @param closed whether it was one wrong password too many: unknown devices cannot log in any
   *     more
   */
  record Wrong(Optional<UserId> user, boolean closed) implements Verdict {}

  /** Others were tried meanwhile; whether this one is right is not said. */
  record TooManyAttempts(Duration delay, Optional<UserId> user) implements Verdict {}
}
