package dev.latchkey.domain.user;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person's account.
 *
 * @param createdAt when the account was registered
 */
public record User(
    UserId id,
    Username username,
    EmailAddress email,
    PasswordHash passwordHash,
    @Nullable PersonName firstName,
    @Nullable PersonName lastName,
    Set<Role> roles,
    UserStatus status,
    Instant createdAt) {

  public User {
    roles = Set.copyOf(roles);
  }

  /** The same user with these roles and no others. */
  public User withRoles(Set<Role> roles) {
    return new User(
        id, username, email, passwordHash, firstName, lastName, roles, status, createdAt);
  }

  /** The same user with this password hash. */
  public User withPasswordHash(PasswordHash passwordHash) {
    return new User(
        id, username, email, passwordHash, firstName, lastName, roles, status, createdAt);
  }

  /** Whether the user may log in and keep sessions. */
  public boolean isActive() {
    return status == UserStatus.ACTIVE;
  }
}
