package dev.latchkey.testkit;

import static java.util.stream.Collectors.toMap;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@link Users} in memory. */
public final class InMemoryUsers implements Users {

  private final InMemoryStore store;

  public InMemoryUsers(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public Addition add(User user) {
    return store.statement(
        () -> {
          if (findByUsername(user.username()).isPresent()) {
            return Addition.USERNAME_TAKEN;
          }
          if (findByEmail(user.email()).isPresent()) {
            return Addition.EMAIL_TAKEN;
          }
          store.put(store.users, user.id(), user);
          return Addition.ADDED;
        });
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
  public void changeRoles(UserId id, Set<Role> roles) {
    var _ =
        store.statement(
            () -> {
              find(id).ifPresent(user -> store.put(store.users, id, user.withRoles(roles)));
              return id;
            });
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
  public void lock(UserId id) {
    store.lock(id);
  }

  private Optional<User> findAny(Predicate<User> condition) {
    return store.statement(() -> store.users.values().stream().filter(condition).findAny());
  }
}
