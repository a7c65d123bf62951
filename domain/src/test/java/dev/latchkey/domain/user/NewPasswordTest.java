package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NewPasswordTest {

  @ParameterizedTest
  @ValueSource(strings = {"12345678", "        ", "aaaaaaaa", "correct horse battery staple", "пароль-пароль"})
  void asksForNoMixtureOfCharacters(String text) {
    assertThat(NewPassword.violationOf(text)).isNull();
    assertThat(new NewPassword(text).password().reveal()).isEqualTo(text);
  }

  @Test
  void has8To128Characters() {
    assertThat(Codes.of(NewPassword.violationOf("🦆".repeat(7)))).isEqualTo("too_short");
    assertThat(NewPassword.violationOf("🦆".repeat(8))).isNull();
    assertThat(NewPassword.violationOf("🦆".repeat(128))).isNull();
    assertThat(Codes.of(NewPassword.violationOf("🦆".repeat(129)))).isEqualTo("too_long");
    assertThat(Codes.of(NewPassword.violationOf("a".repeat(1_000_000)))).isEqualTo("too_long");
  }

  @Test
  void refusesAnEmptyText() {
    assertThat(Codes.of(NewPassword.violationOf(""))).isEqualTo("required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567\0", "12345678\n", "\ud83e2345678"})
  void refusesWhatCannotBeTyped(String text) {
    assertThat(Codes.of(NewPassword.violationOf(text))).isEqualTo("forbidden_character");
    assertThatIllegalArgumentException().isThrownBy(() -> new NewPassword(text));
  }

  @Test
  void recommends15Characters() {
    assertThat(NewPassword.violationOf("short")).extracting(Violation::message).asString().contains("15");
  }

  @Test
  void isRedacted() {
    assertThat(new NewPassword("correct horse")).hasToString("NewPassword[redacted]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NewPassword("hunter2"))
        .withMessageNotContaining("hunter2");
  }
}
