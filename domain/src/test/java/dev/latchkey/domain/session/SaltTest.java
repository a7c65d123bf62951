package dev.latchkey.domain.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SaltTest {

  private final byte[] bytes = "0123456789abcdef".getBytes(US_ASCII);
  private final Salt salt = new Salt(bytes);

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 17, 1_000_000})
  void has16Bytes(int length) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Salt(new byte[length]));
  }

  @Test
  void isEqualByItsBytes() {
    assertThat(salt).isEqualTo(new Salt(bytes.clone())).hasSameHashCodeAs(new Salt(bytes.clone()));
    assertThat(salt)
        .isNotEqualTo(new Salt(new byte[Salt.LENGTH]))
        .doesNotHaveSameHashCodeAs(new Salt(new byte[Salt.LENGTH]));
  }

  @Test
  void cannotBeChangedThroughTheArrayItWasMadeOf() {
    bytes[0]++;

    assertThat(salt.bytes()).isNotEqualTo(bytes);
  }

  @Test
  void cannotBeChangedThroughTheArrayItHandsOut() {
    salt.bytes()[0]++;

    assertThat(salt.bytes()).isEqualTo(bytes);
  }

  @Test
  void isRedacted() {
    assertThat(salt).hasToString("Salt[redacted]");
  }
}
