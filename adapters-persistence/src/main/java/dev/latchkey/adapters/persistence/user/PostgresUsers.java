package dev.latchkey.adapters.persistence.user;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link Users} in the table {@code users}. A transaction that wants a user name or an address
 * waits for any other that is about to take it, and then sees whose it is.
 */
@Singleton
final class PostgresUsers implements Users {

  private final UserRepository rows;
  private final UsernameRepository usernames;
  private final Transactions transactions;

  PostgresUsers(UserRepository rows, UsernameRepository usernames, Transactions transactions) {
    this.rows = rows;
    this.usernames = usernames;
    this.transactions = transactions;
  }

  @Override
  public Addition add(User user) {
    UserRow row = UserRow.of(user);
    return transactions.execute(
        () -> {
          var _ = usernames.lock(row.usernameKey());
          var _ = rows.lockEmail(row.emailKey());
          return whatIsTaken(row).orElseGet(() -> addLocked(row));
        });
  }

  /** Nodes of the version before add users without the locks: even now, one may be faster. */
  private Addition addLocked(UserRow row) {
    return insertUnlessTaken(row)
        ? Addition.ADDED
        : whatIsTaken(row)
            .orElseThrow(
                () -> new IllegalStateException("the user " + row.id() + " exists already"));
  }

  private boolean insertUnlessTaken(UserRow row) {
    int inserted =
        rows.insertUnlessTaken(
            row.id(),
            row.username(),
            row.usernameKey(),
            row.email(),
            row.emailKey(),
            row.emailVerifiedAt(),
            row.passwordHash(),
            row.firstName(),
            row.lastName(),
            row.roles(),
            row.status(),
            row.createdAt());
    return inserted == 1;
  }

  private Optional<Addition> whatIsTaken(UserRow row) {
    if (usernames.isTaken(row.usernameKey(), row.createdAt())) {
      return Optional.of(Addition.USERNAME_TAKEN);
    }
    return rows.existsByEmailKey(row.emailKey())
        ? Optional.of(Addition.EMAIL_TAKEN)
        : Optional.empty();
  }

  @Override
  public Set<UserId> lockAdministrators() {
    var _ = rows.lockAdministrators();
    return rows.findActive(Role.ADMIN.text()).stream()
        .map(UserId::new)
        .collect(toUnmodifiableSet());
  }

  @Override
  public void changeNames(
      UserId id, @Nullable PersonName firstName, @Nullable PersonName lastName) {
    var _ = rows.changeNames(id.value(), UserRow.text(firstName), UserRow.text(lastName));
  }

  @Override
  public boolean changeEmail(
      UserId id, EmailAddress expected, EmailAddress email, Instant verifiedAt) {
    int changed =
        transactions.execute(
            () -> {
              var _ = rows.lockEmail(email.key());
              return rows.changeEmail(
                  id.value(), expected.key(), email.text(), email.key(), verifiedAt);
            });
    return changed == 1;
  }

  @Override
  public void verifyEmail(UserId id, EmailAddress email, Instant verifiedAt) {
    var _ = rows.verifyEmail(id.value(), email.key(), verifiedAt);
  }

  @Override
  public void changeStatus(UserId id, UserStatus status) {
    var _ = rows.changeStatus(id.value(), status);
  }

  @Override
  public void delete(UserId id, Instant usernameFreeFrom) {
    var _ =
        transactions.execute(
            () -> rows.findById(id.value()).map(row -> delete(row, usernameFreeFrom)));
  }

  private int delete(UserRow row, Instant usernameFreeFrom) {
    var _ = usernames.lock(row.usernameKey());
    var _ = usernames.release(row.usernameKey(), usernameFreeFrom);
    return rows.delete(row.id());
  }

  @Override
  public int forgetUsernamesFreeBefore(Instant time, int limit) {
    return usernames.forgetFreeBefore(time, limit);
  }

  @Override
  public void changeRoles(UserId id, Set<Role> roles) {
    var _ = rows.changeRoles(id.value(), UserRow.names(roles));
  }

  @Override
  public boolean replacePasswordHash(UserId id, PasswordHash expected, PasswordHash replacement) {
    return rows.replacePasswordHash(id.value(), expected.text(), replacement.text()) == 1;
  }

  @Override
  public List<PasswordHash> passwordHashOfEachCost() {
    return rows.passwordHashOfEachCost().stream().map(PasswordHash::new).toList();
  }

  @Override
  public Optional<User> lock(UserId id) {
    return rows.findByIdForUpdate(id.value()).map(UserRow::toUser);
  }

  @Override
  public Optional<User> find(UserId id) {
    return rows.findById(id.value()).map(UserRow::toUser);
  }

  @Override
  public Optional<User> findByUsername(Username username) {
    return rows.findByUsernameKey(username.key()).map(UserRow::toUser);
  }

  @Override
  public Optional<User> findByEmail(EmailAddress email) {
    return rows.findByEmailKey(email.key()).map(UserRow::toUser);
  }
}
