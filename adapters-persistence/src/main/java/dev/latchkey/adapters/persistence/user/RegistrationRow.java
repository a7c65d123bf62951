package dev.latchkey.adapters.persistence.user;

import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code registrations}. */
@MappedEntity("registrations")
record RegistrationRow(
    @Id UUID id,
    String username,
    String usernameKey,
    String email,
    String emailKey,
    String passwordHash,
    @Nullable String firstName,
    @Nullable String lastName,
    Instant createdAt,
    Instant expiresAt) {

  static RegistrationRow of(User user, Instant expiresAt) {
    return new RegistrationRow(
        user.id().value(),
        user.username().text(),
        user.username().key(),
        user.email().text(),
        user.email().key(),
        user.passwordHash().text(),
        UserRow.text(user.firstName()),
        UserRow.text(user.lastName()),
        user.createdAt(),
        expiresAt);
  }

  /** What there are no columns for is the same for all who register. */
  User toUser() {
    return new User(
        new UserId(id),
        Username.stored(username),
        EmailAddress.stored(email),
        null,
        new PasswordHash(passwordHash),
        UserRow.name(firstName),
        UserRow.name(lastName),
        Set.of(Role.USER),
        UserStatus.ACTIVE,
        createdAt);
  }

  /** Redacted: the row has the password hash. */
  @Override
  public String toString() {
    return "RegistrationRow[id=" + id + "]";
  }
}
