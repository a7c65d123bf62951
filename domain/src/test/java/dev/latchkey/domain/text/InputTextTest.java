package dev.latchkey.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " ",
        "ラブレス",
        "אבג",
        "👩‍👩‍👧",
        "e\u0301",
        "\u00a0",
        "\ufeff",
        "<script>",
        "' OR 1=1 --",
        "%00"
      })
  void acceptsTextOfAnyScript(String text) {
    assertThat(InputText.parse(text, 100)).isEqualTo(new Parsed.Valid<>(text));
  }

  @Test
  void refusesEmptyText() {
    assertThat(code("", 100)).isEqualTo("required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "a\0b",
        "\t",
        "\n",
        "\r\n",
        "\u001b[0m",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u2029"
      })
  void refusesControlCharactersAndLineSeparators(String text) {
    assertThat(code(text, 100)).isEqualTo("forbidden_character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83e", "\udd86", "\udd86\ud83e", "a\ud83eb", "\ud83e\ud83e\udd86"})
  void refusesUnpairedSurrogates(String text) {
    assertThat(code(text, 100)).isEqualTo("forbidden_character");
  }

  @Test
  void countsCharactersAndNotUtf16Units() {
    assertThat(InputText.parse("🦆🦆🦆", 3)).isInstanceOf(Parsed.Valid.class);
    assertThat(code("🦆🦆🦆🦆", 3)).isEqualTo("too_long");
  }

  @Test
  void refusesAHugeText() {
    assertThat(code("a".repeat(1_000_000), 100)).isEqualTo("too_long");
    assertThat(code("\0".repeat(1_000_000), 100)).isEqualTo("too_long");
    assertThat(code("\ud83e".repeat(1_000_000), 100)).isEqualTo("too_long");
  }

  @Test
  void namesTheLimitAndNotTheText() {
    assertThat(InputText.parse("secret", 5))
        .isEqualTo(
            new Parsed.Invalid<>(new Violation("too_long", "must have at most 5 characters")));
  }

  private static String code(String text, int maxCharacters) {
    return Codes.of(InputText.parse(text, maxCharacters));
  }
}
