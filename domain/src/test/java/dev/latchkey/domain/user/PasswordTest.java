package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.text.Codes;
import dev.latchkey.domain.text.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", " leading and trailing ", "🦆", "$argon2id$", "' OR 1=1 --"})
  void keepsWhatWasTyped(String text) {
    assertThat(Password.of(text).reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"e\u0301, \u00e9", "\ufb01, fi", "\uff41, a", "\u212b, \u00c5", "\u0131, \u0131"})
  void isTheSameOnEveryKeyboard(String typed, String kept) {
    assertThat(Password.of(typed).reveal()).isEqualTo(kept);
  }

  @Test
  void hasAtMost128Characters() {
    assertThat(Password.parse("🦆".repeat(128))).isInstanceOf(Parsed.Valid.class);
    assertThat(Codes.of(Password.parse("🦆".repeat(129)))).isEqualTo("too_long");
    assertThat(Codes.of(Password.parse("a".repeat(1_000_000)))).isEqualTo("too_long");
  }

  /** One of these characters becomes 18 in form NFKC. */
  @Test
  void growsWithinBoundsWhenItIsNormalized() {
    assertThat(Password.of("\ufdfa".repeat(128)).reveal()).hasSize(128 * 18);
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
    assertThat(Codes.of(NewPassword.parse(text))).isEqualTo("too_short");
    assertThat(Password.parse(text)).isInstanceOf(Parsed.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "a\nb", "a\ud83eb", "\udd86"})
  void refusesWhatCannotBeTyped(String text) {
    assertThat(Codes.of(Password.parse(text))).isEqualTo("forbidden_character");
    assertThatIllegalArgumentException().isThrownBy(() -> Password.of(text));
  }

  @Test
  void refusesAnEmptyText() {
    assertThat(Codes.of(Password.parse(""))).isEqualTo("required");
  }

  @Test
  void isRedacted() {
    assertThat(Password.of("hunter2")).hasToString("Password[redacted]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Password.of("hunter2\0"))
        .withMessageNotContaining("hunter2");
  }
}
