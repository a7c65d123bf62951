package dev.latchkey.testkit;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

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
  public void lock(UserId id) {
    Runnable rival = rivals.poll();
    if (rival != null) {
      CompletableFuture.runAsync(rival).join();
    }
    users.lock(id);
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
