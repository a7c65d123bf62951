package dev.latchkey.application.port.out.account;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users. User names and e-mail addresses are unique without regard to case, also between
 * concurrent additions.
 */
public interface Users {

  /**
   * Adds a user unless the user name or the e-mail address belongs to another, or the user name, at
   * {@code user.createdAt()}, belongs to a {@linkplain Registrations registration} or is not free
   * again; then nothing is added.
   */
  Addition add(User user);

  Optional<User> find(UserId id);

  Optional<User> findByUsername(Username username);

  Optional<User> findByEmail(EmailAddress email);

  /**
   * The active users with the role {@code admin}. One transaction at a time learns that; others
   * wait here until it has ended, so that what it does with the answer stays right.
   */
  Set<UserId> lockAdministrators();

  /** Replaces the names of the user, if there is such a user. */
  void changeNames(UserId id, @Nullable PersonName firstName, @Nullable PersonName lastName);

  /**
   * Compares and sets: gives the user another e-mail address, verified at that time, if theirs is
   * still the expected one and nobody else has the new one.
   *
   * @return whether it did
   */
  boolean changeEmail(UserId id, EmailAddress expected, EmailAddress email, Instant verifiedAt);

  /** Notes that the user has proved this address to be theirs, if it still is that of the user. */
  void verifyEmail(UserId id, EmailAddress email, Instant verifiedAt);

  void changeStatus(UserId id, UserStatus status);

  /**
   * Deletes the user, and with it its sessions. All that stays is the user name, which nobody may
   * take before that time.
   */
  void delete(UserId id, Instant usernameFreeFrom);

  /**
   * Deletes the memory of user names that have been free since before that time.
   *
   * @param limit how many at most
   * @return how many
   */
  int forgetUsernamesFreeBefore(Instant time, int limit);

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
   *
   * @return the user as nobody else can change it any more
   */
  @CanIgnoreReturnValue
  Optional<User> lock(UserId id);

  /** What became of an addition. If both are taken, it is the user name that is reported. */
  enum Addition {
    ADDED,
    USERNAME_TAKEN,
    EMAIL_TAKEN
  }
}
