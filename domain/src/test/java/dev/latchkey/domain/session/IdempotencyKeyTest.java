package dev.latchkey.domain.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.text.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdempotencyKeyTest {

  private static final Salt SALT = new Salt("0123456789abcdef".getBytes(US_ASCII));

  @ParameterizedTest
  @ValueSource(strings = {"k", "8e03978e-40d5-43e8-bc93-6894a57f9324", "\"quoted\"", "!~"})
  void acceptsVisibleAscii(String text) {
    assertThat(IdempotencyKey.parse(text)).isInstanceOf(Parsed.Valid.class);
    assertThat(IdempotencyKey.of(text).hash(SALT)).isEqualTo(IdempotencyKey.of(text).hash(SALT));
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
    assertThat(IdempotencyKey.parse(text)).isInstanceOf(Parsed.Invalid.class);
    assertThatIllegalArgumentException().isThrownBy(() -> IdempotencyKey.of(text));
  }

  @Test
  void hasAtMost255Characters() {
    assertThat(IdempotencyKey.parse("k".repeat(255))).isInstanceOf(Parsed.Valid.class);
    assertThat(IdempotencyKey.parse("k".repeat(256))).isInstanceOf(Parsed.Invalid.class);
    assertThat(IdempotencyKey.parse("k".repeat(1_000_000))).isInstanceOf(Parsed.Invalid.class);
  }

  /** Stored hashes must be recognised by every later version. */
  @Test
  void isHashedAsSha256OverSaltAndText() {
    // printf '0123456789abcdefexchange-1' | sha256sum
    assertThat(IdempotencyKey.of("exchange-1").hash(SALT).text())
        .isEqualTo("a092d65e1d35e8506f5d597ba685a5a8af940bbe115b66b2a671364be8c2f942");
  }

  @Test
  void hashesDifferentlyForAnotherTextOrAnotherSalt() {
    IdempotencyKey.Hash hash = IdempotencyKey.of("a").hash(SALT);

    assertThat(IdempotencyKey.of("b").hash(SALT)).isNotEqualTo(hash);
    assertThat(IdempotencyKey.of("A").hash(SALT)).isNotEqualTo(hash);
    assertThat(IdempotencyKey.of("a").hash(new Salt(new byte[Salt.LENGTH]))).isNotEqualTo(hash);
  }

  @Test
  void isRedacted() {
    String secret = "my-own-name-for-it";

    assertThat(IdempotencyKey.of(secret)).hasToString("IdempotencyKey[redacted]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IdempotencyKey.of(secret + " "))
        .withMessageNotContaining(secret);
  }
}
