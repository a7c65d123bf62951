package dev.latchkey.domain.user;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person's account.
 *
 * @param emailVerifiedAt when the user proved that the address is theirs; null: not yet
 * @param createdAt when the account was registered
 */
public record User(
    UserId id,
    Username username,
    EmailAddress email,
    @Nullable Instant emailVerifiedAt,
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
        id,
        username,
        email,
        emailVerifiedAt,
        passwordHash,
        firstName,
        lastName,
        roles,
        status,
        createdAt);
  }

  /** The same user with this password hash. */
  public User withPasswordHash(PasswordHash passwordHash) {
    return new User(
        id,
        username,
        email,
        emailVerifiedAt,
        passwordHash,
        firstName,
        lastName,
        roles,
        status,
        createdAt);
  }

  /** The same user with this e-mail address, verified at that time. */
  public User withEmail(EmailAddress email, Instant verifiedAt) {
    return new User(
        id,
        username,
        email,
        verifiedAt,
        passwordHash,
        firstName,
        lastName,
        roles,
        status,
        createdAt);
  }

  /** The same user with these names. */
  public User withNames(@Nullable PersonName firstName, @Nullable PersonName lastName) {
    return new User(
        id,
        username,
        email,
        emailVerifiedAt,
        passwordHash,
        firstName,
        lastName,
        roles,
        status,
        createdAt);
  }

  /** The same user with this status. */
  public User withStatus(UserStatus status) {
    return new User(
        id,
        username,
        email,
        emailVerifiedAt,
        passwordHash,
        firstName,
        lastName,
        roles,
        status,
        createdAt);
  }

  /** Whether the user has proved that the address is theirs. */
  public boolean isEmailVerified() {
    return emailVerifiedAt != null;
  }

  /** Whether the user may log in and keep sessions. */
  public boolean isActive() {
    return status == UserStatus.ACTIVE;
  }
}
