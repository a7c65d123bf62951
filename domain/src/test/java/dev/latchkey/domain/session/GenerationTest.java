package dev.latchkey.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GenerationTest {

  private static final Generation LAST = new Generation(Integer.MAX_VALUE);

  @Test
  void startsAtZeroAndCountsByOne() {
    assertThat(Generation.FIRST.value()).isZero();
    assertThat(Generation.FIRST.next()).isEqualTo(new Generation(1));
  }

  @Test
  void readsAsItsNumber() {
    assertThat(new Generation(7)).hasToString("7");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void isNeverNegative(int value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Generation(value));
  }

  @Test
  void failsRatherThanStartAgain() {
    assertThatThrownBy(LAST::next).isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, true",
    "1, 2, true",
    "2147483646, 2147483647, true",
    "0, 0, false",
    "1, 0, false",
    "0, 2, false"
  })
  void knowsItsDirectSuccessor(int value, int successor, boolean expected) {
    assertThat(new Generation(value).isDirectlyBefore(new Generation(successor)))
        .isEqualTo(expected);
  }

  @Test
  void isNotDirectlyBeforeTheFirstOne() {
    assertThat(LAST.isDirectlyBefore(Generation.FIRST)).isFalse();
  }

  @Test
  void isOrderedByItsValue() {
    assertThat(new Generation(2).isAfter(new Generation(1))).isTrue();
    assertThat(new Generation(1).isAfter(new Generation(1))).isFalse();
    assertThat(new Generation(1).isAfter(new Generation(2))).isFalse();
    assertThat(LAST).isGreaterThan(Generation.FIRST);
  }
}
