package dev.latchkey.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "lkr_abc", "\0", "\ud83e\udd86"})
  void isEqualByItsText(String text) {
    assertThat(new TokenText(text))
        .isEqualTo(new TokenText(text))
        .hasSameHashCodeAs(new TokenText(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lkr_ab", "lkr_abcd", "lkr_abC", "LKR_ABC", "lkr_abc ", "lkr_abc\0"})
  void isNotEqualToAnotherText(String other) {
    assertThat(new TokenText(other))
        .isNotEqualTo(new TokenText("lkr_abc"))
        .doesNotHaveSameHashCodeAs(new TokenText("lkr_abc"));
  }

  @Test
  void isRevealedOnlyOnRequest() {
    var token = new TokenText("lkr_abc");

    assertThat(token.reveal()).isEqualTo("lkr_abc");
    assertThat(token).hasToString("TokenText[redacted]");
  }
}
