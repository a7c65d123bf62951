package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PersonNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"Ada", "X", "O'Neill", "van der Berg", "Ἀριστοτέλης", "李", "ı", "Null", "🦆"})
  void acceptsAnyName(String text) {
    assertThat(PersonName.violationOf(text)).isNull();
    assertThat(new PersonName(text)).hasToString(text);
  }

  @Test
  void refusesAnEmptyText() {
    assertThat(Codes.of(PersonName.violationOf(""))).isEqualTo("required");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\u2003\u3000"})
  void refusesWhiteSpaceOnly(String text) {
    assertThat(Codes.of(PersonName.violationOf(text))).isEqualTo("invalid_format");
    assertThatIllegalArgumentException().isThrownBy(() -> new PersonName(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A\0", "A\nB", "A\ud83e", "\t", "A\u2028"})
  void refusesForbiddenCharacters(String text) {
    assertThat(Codes.of(PersonName.violationOf(text))).isEqualTo("forbidden_character");
    assertThatIllegalArgumentException().isThrownBy(() -> new PersonName(text));
  }

  @Test
  void hasAtMost100Characters() {
    assertThat(PersonName.violationOf("🦆".repeat(100))).isNull();
    assertThat(Codes.of(PersonName.violationOf("🦆".repeat(101)))).isEqualTo("too_long");
    assertThat(Codes.of(PersonName.violationOf(" ".repeat(1_000_000)))).isEqualTo("too_long");
  }
}
