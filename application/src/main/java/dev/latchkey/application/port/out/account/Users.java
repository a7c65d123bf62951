package dev.latchkey.application.port.out.account;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The users. User names and e-mail addresses are unique without regard to case, also between
 * concurrent additions.
 */
public interface Users {

  /**
   * Adds a user unless the user name or the e-mail address belongs to another; then nothing is
   * added.
   */
  Addition add(User user);

  Optional<User> find(UserId id);

  Optional<User> findByUsername(Username username);

  Optional<User> findByEmail(EmailAddress email);

  /** Replaces the roles of the user, if there is such a user. */
  void changeRoles(UserId id, Set<Role> roles);

  /**
   * Compares and sets: replaces the password hash of the user if it is still the expected one.
   *
   * @return whether it did
   */
  @CanIgnoreReturnValue
  boolean replacePasswordHash(UserId id, PasswordHash expected, PasswordHash replacement);

  /**
   * One password hash for each {@link PasswordHash#cost() cost} that is in use, whoever's it is.
   */
  List<PasswordHash> passwordHashOfEachCost();

  /**
   * Lets one transaction at a time go on that locks this user; the lock ends with the transaction.
   */
  void lock(UserId id);

  /** What became of an addition. If both are taken, it is the user name that is reported. */
  enum Addition {
    ADDED,
    USERNAME_TAKEN,
    EMAIL_TAKEN
  }
}
