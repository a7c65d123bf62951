package dev.latchkey.testkit;

import dev.latchkey.application.port.out.account.Users;
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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets rivals go first where transactions take turns: whoever locks a user next gets the lock after
 * them.
 */
public final class InterleavedUsers implements Users {

  private final Users users;
  private final Queue<Runnable> rivals = new ConcurrentLinkedQueue<>();

  public InterleavedUsers(Users users) {
    this.users = users;
  }

  /**
   * The rival has a thread, and so a transaction, of its own; it is done before the lock is given.
   */
  public void beforeNextLock(Runnable rival) {
    rivals.add(rival);
  }

  @Override
  public Optional<User> lock(UserId id) {
    Runnable rival = rivals.poll();
    if (rival != null) {
      CompletableFuture.runAsync(rival).join();
    }
    return users.lock(id);
  }

  @Override
  public Addition add(User user) {
    return users.add(user);
  }

  @Override
  public Optional<User> find(UserId id) {
    return users.find(id);
  }

  @Override
  public Optional<User> findByUsername(Username username) {
    return users.findByUsername(username);
  }

  @Override
  public Optional<User> findByEmail(EmailAddress email) {
    return users.findByEmail(email);
  }

  @Override
  public Set<UserId> lockAdministrators() {
    return users.lockAdministrators();
  }

  @Override
  public void changeNames(
      UserId id, @Nullable PersonName firstName, @Nullable PersonName lastName) {
    users.changeNames(id, firstName, lastName);
  }

  @Override
  public boolean changeEmail(
      UserId id, EmailAddress expected, EmailAddress email, Instant verifiedAt) {
    return users.changeEmail(id, expected, email, verifiedAt);
  }

  @Override
  public void verifyEmail(UserId id, EmailAddress email, Instant verifiedAt) {
    users.verifyEmail(id, email, verifiedAt);
  }

  @Override
  public void changeStatus(UserId id, UserStatus status) {
    users.changeStatus(id, status);
  }

  @Override
  public void delete(UserId id, Instant usernameFreeFrom) {
    users.delete(id, usernameFreeFrom);
  }

  @Override
  public int forgetUsernamesFreeBefore(Instant time, int limit) {
    return users.forgetUsernamesFreeBefore(time, limit);
  }

  @Override
  public void changeRoles(UserId id, Set<Role> roles) {
    users.changeRoles(id, roles);
  }

  @Override
  public boolean replacePasswordHash(UserId id, PasswordHash expected, PasswordHash replacement) {
    return users.replacePasswordHash(id, expected, replacement);
  }

  @Override
  public List<PasswordHash> passwordHashOfEachCost() {
    return users.passwordHashOfEachCost();
  }
}
