package dev.latchkey.adapters.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormEncodingTest {

  @Test
  void decodesPlusPercentAndPlainCharactersAsUtf8() throws CharacterCodingException {
    assertThat(FormEncoding.decode("a+b%20c%2B%c3%A4ä")).isEqualTo("a b c+ää");
  }

  /** A byte that UTF-8 never has, an overlong NUL, half a surrogate pair, a character cut short. */
  @ParameterizedTest
  @ValueSource(strings = {"%ff", "%c0%80", "%ed%a0%80", "%c3", "%c3+", "ä%a4"})
  void makesUpNothingForWhatIsNotUtf8(String encoded) {
    assertThatThrownBy(() -> FormEncoding.decode(encoded))
        .isInstanceOf(CharacterCodingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%4", "%zz", "%+1", "%-1", "%1"})
  void refusesAPercentSignWithoutTwoDigits(String encoded) {
    assertThatThrownBy(() -> FormEncoding.decode(encoded))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
