package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.text.Codes;
import dev.latchkey.domain.text.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PersonNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Ada", "X", "O'Neill", "van der Berg", "Ἀριστοτέλης", "李", "ı", "Null", "🦆"})
  void acceptsAnyName(String text) {
    assertThat(PersonName.parse(text)).isInstanceOf(Parsed.Valid.class);
    assertThat(PersonName.of(text)).hasToString(text);
  }

  /**
   * Persian with a zero width non-joiner, Sinhala with a joiner, Hebrew with direction marks, a
   * Japanese variant of a character, Mongolian with a vowel separator, an emoji that is joined of
   * three, one with a variation selector.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "علی\u200cرضا",
        "ශ්\u200dරී",
        "\u200fדוד\u200e",
        "\u061cأحمد",
        "葛\udb40\udd00",
        "ᠠ\u180eᠡ",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f"
      })
  void acceptsTheInvisibleCharactersThatNamesNeed(String text) {
    assertThat(PersonName.parse(text)).isInstanceOf(Parsed.Valid.class);
    assertThat(PersonName.of(text).text()).isEqualTo(text);
  }

  /**
   * Embeddings, overrides and isolates would change the order in which the text beside the name is
   * shown.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202a",
        "\u202b",
        "\u202c",
        "\u202d",
        "\u202e",
        "\u2066",
        "\u2067",
        "\u2068",
        "\u2069",
        "\u200b",
        "\u2060",
        "\ufeff",
        "\u00ad",
        "\u3164",
        "\u115f",
        "\ufff9",
        "\u2800",
        "\udb40\udc41"
      })
  void refusesInvisibleCharactersThatNoNameNeeds(String character) {
    for (String text :
        List.of(character, "A" + character, character + "A", "A" + character + "B")) {
      assertThat(Codes.of(PersonName.parse(text))).isEqualTo("forbidden_character");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PersonName.of(text))
          .withMessageContaining("invisible");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200d", "\u200e\u200f", " \u200c ", "\ufe0f\ufe0f"})
  void refusesANameThatNobodySees(String text) {
    assertThat(Codes.of(PersonName.parse(text))).isEqualTo("invalid_format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u202eada", "", " ", "A\nB"})
  void keepsANameThatWasStoredWhateverTheRulesAreNow(String text) {
    assertThat(PersonName.parse(text)).isInstanceOf(Parsed.Invalid.class);
    assertThat(PersonName.stored(text).text()).isEqualTo(text);
  }

  @Test
  void equalsTheSameName() {
    assertThat(PersonName.of("Ada"))
        .isEqualTo(PersonName.stored("Ada"))
        .hasSameHashCodeAs(PersonName.stored("Ada"));
    assertThat(PersonName.of("Ada"))
        .isNotEqualTo(PersonName.of("ada"))
        .doesNotHaveSameHashCodeAs(PersonName.of("ada"))
        .isNotEqualTo("Ada");
  }

  @Test
  void refusesAnEmptyText() {
    assertThat(Codes.of(PersonName.parse(""))).isEqualTo("required");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\u2003\u3000"})
  void refusesWhiteSpaceOnly(String text) {
    assertThat(Codes.of(PersonName.parse(text))).isEqualTo("invalid_format");
    assertThatIllegalArgumentException().isThrownBy(() -> PersonName.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A\0", "A\nB", "A\ud83e", "\t", "A\u2028"})
  void refusesForbiddenCharacters(String text) {
    assertThat(Codes.of(PersonName.parse(text))).isEqualTo("forbidden_character");
    assertThatIllegalArgumentException().isThrownBy(() -> PersonName.of(text));
  }

  @Test
  void hasAtMost100Characters() {
    assertThat(PersonName.parse("🦆".repeat(100))).isInstanceOf(Parsed.Valid.class);
    assertThat(Codes.of(PersonName.parse("🦆".repeat(101)))).isEqualTo("too_long");
    assertThat(Codes.of(PersonName.parse(" ".repeat(1_000_000)))).isEqualTo("too_long");
  }
}
