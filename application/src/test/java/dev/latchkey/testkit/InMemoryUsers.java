package dev.latchkey.testkit;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@link Users} in memory. */
public final class InMemoryUsers implements Users {

  private static final String ADMINISTRATORS = "administrators";

  private final InMemoryStore store;

  public InMemoryUsers(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public Addition add(User user) {
    return store.execute(
        () -> {
          store.lock(user.username());
          return store.statement(() -> addUnlessTaken(user));
        });
  }

  private Addition addUnlessTaken(User user) {
    if (InMemoryRegistrations.isUsernameTaken(store, user)) {
      return Addition.USERNAME_TAKEN;
    }
    if (findByEmail(user.email()).isPresent()) {
      return Addition.EMAIL_TAKEN;
    }
    store.put(store.users, user.id(), user);
    return Addition.ADDED;
  }

  @Override
  public Optional<User> find(UserId id) {
    return store.statement(() -> Optional.ofNullable(store.users.get(id)));
  }

  @Override
  public Optional<User> findByUsername(Username username) {
    return findAny(user -> user.username().equals(username));
  }

  @Override
  public Optional<User> findByEmail(EmailAddress email) {
    return findAny(user -> user.email().equals(email));
  }

  @Override
  public Set<UserId> lockAdministrators() {
    store.lock(ADMINISTRATORS);
    return store.statement(
        () ->
            store.users.values().stream()
                .filter(user -> user.isActive() && user.roles().contains(Role.ADMIN))
                .map(User::id)
                .collect(toUnmodifiableSet()));
  }

  @Override
  public void changeNames(
      UserId id, @Nullable PersonName firstName, @Nullable PersonName lastName) {
    change(id, user -> user.withNames(firstName, lastName));
  }

  @Override
  public boolean changeEmail(
      UserId id, EmailAddress expected, EmailAddress email, Instant verifiedAt) {
    return store.statement(
        () -> {
          boolean asExpected =
              find(id).filter(user -> user.email().equals(expected)).isPresent()
                  && findByEmail(email).filter(user -> !user.id().equals(id)).isEmpty();
          if (asExpected) {
            change(id, user -> user.withEmail(email, verifiedAt));
          }
          return asExpected;
        });
  }

  @Override
  public void verifyEmail(UserId id, EmailAddress email, Instant verifiedAt) {
    change(
        id, user -> user.email().equals(email) ? user.withEmail(user.email(), verifiedAt) : user);
  }

  @Override
  public void changeStatus(UserId id, UserStatus status) {
    change(id, user -> user.withStatus(status));
  }

  @Override
  public void delete(UserId id, Instant usernameFreeFrom) {
    var _ = store.execute(() -> find(id).map(user -> delete(user, usernameFreeFrom)));
  }

  private User delete(User user, Instant usernameFreeFrom) {
    store.lock(user.username());
    return store.statement(
        () -> {
          store.put(store.releasedUsernames, user.username(), usernameFreeFrom);
          store.deleteUser(user.id());
          return user;
        });
  }

  @Override
  public int forgetUsernamesFreeBefore(Instant time, int limit) {
    return store.statement(
        () -> {
          List<Username> free =
              store.releasedUsernames.entrySet().stream()
                  .filter(entry -> entry.getValue().isBefore(time))
                  .map(Map.Entry::getKey)
                  .limit(limit)
                  .toList();
          free.forEach(name -> store.remove(store.releasedUsernames, name));
          return free.size();
        });
  }

  @Override
  public void changeRoles(UserId id, Set<Role> roles) {
    change(id, user -> user.withRoles(roles));
  }

  @Override
  public boolean replacePasswordHash(UserId id, PasswordHash expected, PasswordHash replacement) {
    return store.statement(
        () -> {
          Optional<User> user = find(id).filter(found -> found.passwordHash().equals(expected));
          user.ifPresent(found -> store.put(store.users, id, found.withPasswordHash(replacement)));
          return user.isPresent();
        });
  }

  @Override
  public List<PasswordHash> passwordHashOfEachCost() {
    return store.statement(
        () ->
            store.users.values().stream()
                .map(User::passwordHash)
                .collect(toMap(PasswordHash::cost, hash -> hash, (one, _) -> one))
                .values()
                .stream()
                .toList());
  }

  @Override
  public Optional<User> lock(UserId id) {
    store.lock(id);
    return find(id);
  }

  private void change(UserId id, UnaryOperator<User> change) {
    var _ =
        store.statement(
            () -> {
              find(id).ifPresent(user -> store.put(store.users, id, change.apply(user)));
              return id;
            });
  }

  private Optional<User> findAny(Predicate<User> condition) {
    return store.statement(() -> store.users.values().stream().filter(condition).findAny());
  }
}
