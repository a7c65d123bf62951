package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.text.Codes;
import dev.latchkey.domain.text.Parsed;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsernameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"ada", "Ada", "a.b", "a-b_c.d", "a..b", "007", "12345678901234567890123456789012"})
  void acceptsLettersDigitsAndSeparatorsInside(String text) {
    assertThat(Username.parse(text)).isInstanceOf(Parsed.Valid.class);
    assertThat(Username.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "'', required",
        "a, too_short",
        "ab, too_short",
        "123456789012345678901234567890123, too_long",
        ".ada, invalid_format",
        "ada., invalid_format",
        "-ada, invalid_format",
        "ada_, invalid_format",
        "a da, invalid_format",
        "' ada', invalid_format",
        "'ada ', invalid_format",
        "ada@example, invalid_format",
        "ada/../root, invalid_format",
        "ad\u0131, invalid_format",
        "\u0130da, invalid_format",
        "\u212aate, invalid_format",
        "\uff41\uff44\uff41, invalid_format",
        "\u0430da, invalid_format",
        "ad\u0430, invalid_format",
        "ad\u200ba, invalid_format",
        "\u202eada, invalid_format",
        "ad\ud83e\udd86, invalid_format"
      })
  void refusesAnythingElse(String text, String code) {
    assertThat(Codes.of(Username.parse(text))).isEqualTo(code);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Username.of(text))
        .withMessageStartingWith(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada\n", "\nada", "ad\0a", "ad\ud83e", "\udd86ada", "ada\u2028"})
  void refusesForbiddenCharacters(String text) {
    assertThat(Codes.of(Username.parse(text))).isEqualTo("forbidden_character");
  }

  @Test
  void refusesAHugeText() {
    assertThat(Codes.of(Username.parse("a".repeat(1_000_000)))).isEqualTo("too_long");
  }

  @Test
  void judgesATextThatIsMadeToKeepARegularExpressionBusy() {
    assertThat(Codes.of(Username.parse("a.".repeat(16)))).isEqualTo("invalid_format");
    assertThat(Codes.of(Username.parse("a".repeat(31) + "!"))).isEqualTo("invalid_format");
    assertThat(Codes.of(Username.parse("a" + "-_.".repeat(10)))).isEqualTo("invalid_format");
  }

  @Test
  void isTheSameNameInAnyCase() {
    assertThat(Username.of("Ada"))
        .isEqualTo(Username.of("aDA"))
        .hasSameHashCodeAs(Username.of("aDA"));
    assertThat(Username.of("Ada"))
        .isNotEqualTo(Username.of("Ad4"))
        .doesNotHaveSameHashCodeAs(Username.of("Ad4"));
    assertThat(Username.of("Ada").key()).isEqualTo("ada");
  }

  /** So that whichever is typed at log-in, it is clear what is meant. */
  @ParameterizedTest
  @ValueSource(strings = {"a@b.c", "ada@example.org", "0@0.co"})
  void neverLooksLikeAnEmailAddress(String email) {
    assertThat(EmailAddress.parse(email)).isInstanceOf(Parsed.Valid.class);
    assertThat(Codes.of(Username.parse(email))).isEqualTo("invalid_format");
  }

  /** In Turkish, the small form of I has no dot. */
  @Test
  void isTheSameNameWhateverLanguageTheServerSpeaks() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of("tr", "TR"));
    try {
      assertThat(Username.of("INGRID")).isEqualTo(Username.of("ingrid"));
      assertThat(Username.of("INGRID").key()).isEqualTo("ingrid");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void doesNotRepeatTheTextItRefuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Username.of("hunter2 typed into the wrong field"))
        .withMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "Ada Lovelace", "ada@example.org"})
  void keepsWhatWasStoredWhateverTheRulesAreNow(String text) {
    assertThat(Username.parse(text)).isInstanceOf(Parsed.Invalid.class);
    assertThat(Username.stored(text)).hasToString(text);
  }

  @Test
  void keepsTheTextAsItWasWritten() {
    assertThat(Username.of("Ada").text()).isEqualTo("Ada");
  }
}
