package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoleTest {

  @ParameterizedTest
  @ValueSource(strings = {"user", "a", "admin:read", "tenant-1_x"})
  void isANameThatResourceServersCanCompare(String name) {
    assertThat(Role.of(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "User", "1st", ":a", "a b", "a,b", "a\n", "us\u0435r", "\0", "\u0131"})
  void refusesAnythingElse(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> Role.of(name));
  }

  @Test
  void hasAtMost64Characters() {
    assertThat(Role.of("r".repeat(64)).text()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> Role.of("r".repeat(65)));
    assertThatIllegalArgumentException().isThrownBy(() -> Role.of("r".repeat(1_000_000)));
  }

  @Test
  void isItsText() {
    Role role = Role.of("editor");

    assertThat(role).isEqualTo(Role.of("editor")).hasSameHashCodeAs(Role.of("editor"));
    assertThat(role).isNotEqualTo(Role.USER).isNotEqualTo("editor");
    assertThat(role.hashCode()).isNotEqualTo(Role.USER.hashCode());
  }

  /** The rules for new ones may have become stricter since. */
  @Test
  void isReadAsItWasStored() {
    assertThat(Role.stored("Old Role").text()).isEqualTo("Old Role");
  }
}
