package dev.latchkey.adapters.persistence.user;

import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code users}. */
@MappedEntity("users")
public record UserRow(
    @Id UUID id,
    String username,
    String usernameKey,
    String email,
    String emailKey,
    @Nullable Instant emailVerifiedAt,
    String passwordHash,
    @Nullable String firstName,
    @Nullable String lastName,
    @TypeDef(type = DataType.STRING_ARRAY) List<String> roles,
    String status,
    Instant createdAt) {

  static UserRow of(User user) {
    return new UserRow(
        user.id().value(),
        user.username().text(),
        user.username().key(),
        user.email().text(),
        user.email().key(),
        user.emailVerifiedAt(),
        user.passwordHash().text(),
        text(user.firstName()),
        text(user.lastName()),
        names(user.roles()),
        user.status().name(),
        user.createdAt());
  }

  /** As it was accepted when it was written: the rules for new values may be stricter by now. */
  public User toUser() {
    return new User(
        new UserId(id),
        Username.stored(username),
        EmailAddress.stored(email),
        emailVerifiedAt,
        new PasswordHash(passwordHash),
        name(firstName),
        name(lastName),
        roles.stream().map(Role::stored).collect(Collectors.toUnmodifiableSet()),
        UserStatus.stored(status),
        createdAt);
  }

  static List<String> names(Set<Role> roles) {
    return roles.stream().map(Role::text).sorted().toList();
  }

  static @Nullable String text(@Nullable PersonName name) {
    return name == null ? null : name.text();
  }

  static @Nullable PersonName name(@Nullable String text) {
    return text == null ? null : PersonName.stored(text);
  }

  /** Redacted: the row has the password hash. */
  @Override
  public String toString() {
    return "UserRow[id=" + id + "]";
  }
}
