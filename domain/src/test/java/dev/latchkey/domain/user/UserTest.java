package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UserTest {

  private final Set<Role> roles = new HashSet<>(Set.of(Role.USER));

  @Test
  void isActiveUnlessDisabled() {
    assertThat(user(UserStatus.ACTIVE).isActive()).isTrue();
    assertThat(user(UserStatus.DISABLED).isActive()).isFalse();
  }

  @Test
  void cannotBeGivenMoreRolesFromOutside() {
    User user = user(UserStatus.ACTIVE);

    roles.add(Role.of("admin"));

    assertThat(user.roles()).containsExactly(Role.USER);
  }

  @Test
  void keepsEverythingElseWhenItsRolesChange() {
    User user = user(UserStatus.ACTIVE);
    User changed = user.withRoles(Set.of(Role.of("admin")));

    assertThat(changed.roles()).containsExactly(Role.of("admin"));
    assertThat(changed.withRoles(user.roles())).isEqualTo(user);
  }

  @Test
  void keepsEverythingElseWhenItsPasswordChanges() {
    User user = user(UserStatus.ACTIVE);
    User changed = user.withPasswordHash(new PasswordHash("$other$"));

    assertThat(changed.passwordHash()).isEqualTo(new PasswordHash("$other$"));
    assertThat(changed.withPasswordHash(user.passwordHash())).isEqualTo(user);
  }

  @Test
  void showsNoPasswordHash() {
    assertThat(user(UserStatus.ACTIVE).toString()).doesNotContain("$secret$");
  }

  private User user(UserStatus status) {
    return new User(
        new UserId(new UUID(0, 1)),
        Username.of("ada"),
        EmailAddress.of("ada@example.org"),
        null,
        new PasswordHash("$secret$"),
        null,
        null,
        roles,
        status,
        Instant.EPOCH);
  }
}
