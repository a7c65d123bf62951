package dev.latchkey.domain.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdempotencyKeyTest {

  private static final Salt SALT = new Salt("0123456789abcdef".getBytes(US_ASCII));

  @ParameterizedTest
  @ValueSource(strings = {"k", "8e03978e-40d5-43e8-bc93-6894a57f9324", "\"quoted\"", "!~"})
  void acceptsVisibleAscii(String text) {
    assertThat(IdempotencyKey.isWellFormed(text)).isTrue();
    assertThat(new IdempotencyKey(text).hash(SALT)).isEqualTo(new IdempotencyKey(text).hash(SALT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\n",
        "\0",
        "\u007f",
        "k\u0131",
        "\u00e9",
        "\ud83e\udd86",
        "\ud800",
        "a\u0000b"
      })
  void refusesAnythingElse(String text) {
    assertThat(IdempotencyKey.isWellFormed(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey(text));
  }

  @Test
  void hasAtMost255Characters() {
    assertThat(IdempotencyKey.isWellFormed("k".repeat(255))).isTrue();
    assertThat(IdempotencyKey.isWellFormed("k".repeat(256))).isFalse();
    assertThat(IdempotencyKey.isWellFormed("k".repeat(1_000_000))).isFalse();
  }

  /** Stored hashes must be recognised by every later version. */
  @Test
  void isHashedAsSha256OverSaltAndText() {
    // printf '0123456789abcdefexchange-1' | sha256sum
    assertThat(new IdempotencyKey("exchange-1").hash(SALT).hex())
        .isEqualTo("a092d65e1d35e8506f5d597ba685a5a8af940bbe115b66b2a671364be8c2f942");
  }

  @Test
  void hashesDifferentlyForAnotherTextOrAnotherSalt() {
    IdempotencyKey.Hash hash = new IdempotencyKey("a").hash(SALT);

    assertThat(new IdempotencyKey("b").hash(SALT)).isNotEqualTo(hash);
    assertThat(new IdempotencyKey("A").hash(SALT)).isNotEqualTo(hash);
    assertThat(new IdempotencyKey("a").hash(new Salt(new byte[Salt.LENGTH]))).isNotEqualTo(hash);
  }

  @Test
  void isRedacted() {
    String secret = "my-own-name-for-it";

    assertThat(new IdempotencyKey(secret)).hasToString("IdempotencyKey[redacted]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdempotencyKey(secret + " "))
        .withMessageNotContaining(secret);
  }
}
