package dev.latchkey.adapters.persistence.user;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@link Registrations} in the table {@code registrations}. */
@Singleton
final class PostgresRegistrations implements Registrations {

  private final RegistrationRepository rows;
  private final UsernameRepository usernames;
  private final Transactions transactions;

  PostgresRegistrations(
      RegistrationRepository rows, UsernameRepository usernames, Transactions transactions) {
    this.rows = rows;
    this.usernames = usernames;
    this.transactions = transactions;
  }

  @Override
  public Addition add(User user, Instant expiresAt) {
    RegistrationRow row = RegistrationRow.of(user, expiresAt);
    return transactions.execute(() -> addUnlessTaken(row));
  }

  private Addition addUnlessTaken(RegistrationRow row) {
    var _ = usernames.lock(row.usernameKey());
    if (usernames.isTaken(row.usernameKey(), row.createdAt())) {
      return Addition.USERNAME_TAKEN;
    }
    var _ = rows.deleteExpired(row.usernameKey(), row.createdAt());
    rows.save(row);
    return Addition.ADDED;
  }

  @Override
  public Optional<User> find(UserId id) {
    return rows.findById(id.value()).map(RegistrationRow::toUser);
  }

  @Override
  public List<User> findByEmail(EmailAddress email, Instant now) {
    return rows.findByEmailKey(email.key(), now).stream().map(RegistrationRow::toUser).toList();
  }

  /**
   * Who takes a registration goes on to add a user of that name. The lock comes first here as well,
   * so that this never waits for somebody who waits for the row.
   */
  @Override
  public Optional<User> take(UserId id) {
    return transactions.execute(
        () ->
            rows.findById(id.value())
                .map(row -> usernames.lock(row.usernameKey()))
                .flatMap(_ -> Optional.ofNullable(rows.take(id.value())))
                .map(RegistrationRow::toUser));
  }

  @Override
  public int deleteExpiredBefore(Instant time, int limit) {
    return rows.deleteExpiredBefore(time, limit);
  }
}
