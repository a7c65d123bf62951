package dev.latchkey.testkit;

import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes users; a test says only what matters to it. */
public final class UserMother {

  private UserMother() {}

  /**
   * An active user called ada, with an identity of its own; the e-mail address follows the user
   * name.
   */
  public static Builder aUser() {
    return new Builder();
  }

  /** Changes one thing about the user with each call. */
  public static final class Builder {

    private UserId id = new UserId(UUID.randomUUID());
    private String username = "ada";
    private @Nullable String email;
    private @Nullable Instant emailVerifiedAt;
    private PasswordHash passwordHash = new PasswordHash("$none$");
    private @Nullable PersonName firstName;
    private @Nullable PersonName lastName;
    private Set<Role> roles = Set.of(Role.USER);
    private UserStatus status = UserStatus.ACTIVE;
    private Instant createdAt = Instant.parse("2026-01-01T00:00:00Z");

    private Builder() {}

    public Builder withId(UserId id) {
      this.id = id;
      return this;
    }

    public Builder withUsername(String username) {
      this.username = username;
      return this;
    }

    public Builder withEmail(String email) {
      this.email = email;
      return this;
    }

    public Builder withEmailVerifiedAt(Instant emailVerifiedAt) {
      this.emailVerifiedAt = emailVerifiedAt;
      return this;
    }

    public Builder withPasswordHash(PasswordHash passwordHash) {
      this.passwordHash = passwordHash;
      return this;
    }

    public Builder withFirstName(String firstName) {
      this.firstName = PersonName.of(firstName);
      return this;
    }

    public Builder withLastName(String lastName) {
      this.lastName = PersonName.of(lastName);
      return this;
    }

    public Builder withRoles(String... names) {
      this.roles = Arrays.stream(names).map(Role::of).collect(Collectors.toUnmodifiableSet());
      return this;
    }

    public Builder withStatus(UserStatus status) {
      this.status = status;
      return this;
    }

    public Builder withCreatedAt(Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    public User build() {
      return new User(
          id,
          Username.of(username),
          EmailAddress.of(email == null ? username + "@example.org" : email),
          emailVerifiedAt,
          passwordHash,
          firstName,
          lastName,
          roles,
          status,
          createdAt);
    }
  }
}
