package dev.latchkey.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterKeyIdTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255})
  void fitsIntoAByte(int value) {
    assertThat(new MasterKeyId(value).value()).isEqualTo(value);
  }

  @Test
  void readsAsItsNumber() {
    assertThat(new MasterKeyId(7)).hasToString("7");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 256})
  void refusesWhatDoesNotFitIntoAByte(int value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new MasterKeyId(value));
  }
}
