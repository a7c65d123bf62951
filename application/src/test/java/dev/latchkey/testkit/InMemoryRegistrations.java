package dev.latchkey.testkit;

import static java.util.Comparator.comparing;

import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link Registrations} in memory. */
public final class InMemoryRegistrations implements Registrations {

  private final InMemoryStore store;

  public InMemoryRegistrations(InMemoryStore store) {
    this.store = store;
  }

  record Registration(User user, Instant expiresAt) {

    boolean isExpired(Instant now) {
      return !now.isBefore(expiresAt);
    }
  }

  /** Whether the user name is that of a user or a registration, or not free again. */
  static boolean isUsernameTaken(InMemoryStore store, User user) {
    Username name = user.username();
    Instant now = user.createdAt();
    Instant freeFrom = store.releasedUsernames.getOrDefault(name, now);
    return now.isBefore(freeFrom)
        || Stream.concat(
                store.users.values().stream(),
                store.registrations.values().stream()
                    .filter(registration -> !registration.isExpired(now))
                    .map(Registration::user))
            .anyMatch(other -> other.username().equals(name));
  }

  @Override
  public Addition add(User user, Instant expiresAt) {
    return store.execute(
        () -> {
          store.lock(user.username());
          return store.statement(() -> addUnlessTaken(user, expiresAt));
        });
  }

  private Addition addUnlessTaken(User user, Instant expiresAt) {
    if (isUsernameTaken(store, user)) {
      return Addition.USERNAME_TAKEN;
    }
    store.registrations.values().stream()
        .map(Registration::user)
        .filter(expired -> expired.username().equals(user.username()))
        .map(User::id)
        .toList()
        .forEach(id -> store.remove(store.registrations, id));
    store.put(store.registrations, user.id(), new Registration(user, expiresAt));
    return Addition.ADDED;
  }

  @Override
  public Optional<User> find(UserId id) {
    return store.statement(
        () -> Optional.ofNullable(store.registrations.get(id)).map(Registration::user));
  }

  @Override
  public List<User> findByEmail(EmailAddress email, Instant now) {
    return store.statement(
        () ->
            store.registrations.values().stream()
                .filter(registration -> !registration.isExpired(now))
                .map(Registration::user)
                .filter(user -> user.email().equals(email))
                .sorted(comparing(User::createdAt))
                .toList());
  }

  @Override
  public Optional<User> take(UserId id) {
    return store.execute(() -> find(id).flatMap(this::take));
  }

  private Optional<User> take(User found) {
    store.lock(found.username());
    return store.statement(
        () -> {
          Optional<User> taken = find(found.id());
          store.remove(store.registrations, found.id());
          return taken;
        });
  }

  @Override
  public int deleteExpiredBefore(Instant time, int limit) {
    return store.statement(
        () -> {
          List<UserId> expired =
              store.registrations.values().stream()
                  .filter(registration -> registration.expiresAt().isBefore(time))
                  .map(registration -> registration.user().id())
                  .limit(limit)
                  .toList();
          expired.forEach(id -> store.remove(store.registrations, id));
          return expired.size();
        });
  }
}
