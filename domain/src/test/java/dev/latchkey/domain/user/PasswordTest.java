package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", " leading and trailing ", "🦆", "$argon2id$", "' OR 1=1 --"})
  void keepsWhatWasTyped(String text) {
    assertThat(new Password(text).reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"e\u0301, \u00e9", "\ufb01, fi", "\uff41, a", "\u212b, \u00c5", "\u0131, \u0131"})
  void isTheSameOnEveryKeyboard(String typed, String kept) {
    assertThat(new Password(typed).reveal()).isEqualTo(kept);
  }

  @Test
  void hasAtMost128Characters() {
    assertThat(Password.violationOf("🦆".repeat(128))).isNull();
    assertThat(Codes.of(Password.violationOf("🦆".repeat(129)))).isEqualTo("too_long");
    assertThat(Codes.of(Password.violationOf("a".repeat(1_000_000)))).isEqualTo("too_long");
  }

  /** One of these characters becomes 18 in form NFKC. */
  @Test
  void growsWithinBoundsWhenItIsNormalized() {
    assertThat(new Password("\ufdfa".repeat(128)).reveal()).hasSize(128 * 18);
  }

  /** An account may have such a password from before: it logs in with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "        ",
        "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
        "e\u0301e\u0301e\u0301e\u0301",
        "short"
      })
  void mayBeOneThatNobodyMayChooseAnyMore(String text) {
    assertThat(Codes.of(NewPassword.violationOf(text))).isEqualTo("too_short");
    assertThat(Password.violationOf(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\nb", "a\ud83eb", "\udd86"})
  void refusesWhatCannotBeTyped(String text) {
    assertThat(Codes.of(Password.violationOf(text))).isEqualTo("forbidden_character");
    assertThatIllegalArgumentException().isThrownBy(() -> new Password(text));
  }

  @Test
  void refusesAnEmptyText() {
    assertThat(Codes.of(Password.violationOf(""))).isEqualTo("required");
  }

  @Test
  void isRedacted() {
    assertThat(new Password("hunter2")).hasToString("Password[redacted]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Password("hunter2\0"))
        .withMessageNotContaining("hunter2");
  }
}
