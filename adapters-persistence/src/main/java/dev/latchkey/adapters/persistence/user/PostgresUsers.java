package dev.latchkey.adapters.persistence.user;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link Users} in the table {@code users}; its unique constraints decide who is first. */
@Singleton
final class PostgresUsers implements Users {

  private final UserRepository rows;

  PostgresUsers(UserRepository rows) {
    this.rows = rows;
  }

  @Override
  public Addition add(User user) {
    UserRow row = UserRow.of(user);
    return insertUnlessTaken(row) ? Addition.ADDED : whatIsTaken(row);
  }

  private boolean insertUnlessTaken(UserRow row) {
    int inserted =
        rows.insertUnlessTaken(
            row.id(),
            row.username(),
            row.usernameKey(),
            row.email(),
            row.emailKey(),
            row.passwordHash(),
            row.firstName(),
            row.lastName(),
            row.roles(),
            row.status(),
            row.createdAt());
    return inserted == 1;
  }

  /** The row that was in the way is committed by now, so that this statement sees it. */
  private Addition whatIsTaken(UserRow row) {
    if (rows.existsByUsernameKey(row.usernameKey())) {
      return Addition.USERNAME_TAKEN;
    }
    if (rows.existsByEmailKey(row.emailKey())) {
      return Addition.EMAIL_TAKEN;
    }
    throw new IllegalStateException("the user " + row.id() + " exists already");
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
  public void lock(UserId id) {
    var _ = rows.findByIdForUpdate(id.value());
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
