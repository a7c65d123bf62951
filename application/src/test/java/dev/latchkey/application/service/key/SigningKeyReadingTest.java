package dev.latchkey.application.service.key;

import static dev.latchkey.application.service.key.KeyFixture.LIFETIME;
import static dev.latchkey.application.service.key.KeyFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.testkit.FakeSigningKeySeal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SigningKeyReadingTest {

  private final FakeSigningKeySeal seal = new FakeSigningKeySeal();
  private final NextSigningKey first =
      new NextSigningKey(1, SigningAlgorithm.ES256, START, START, LIFETIME);
  private final SealedSigningKey row = seal.generate(first);
  private final SigningKeyReading reading =
      new SigningKeyReading(1, START, List.of(row), Map.of(1, seal.open(row).orElseThrow()));

  @Test
  void knowsTheKeyThatWasOpened() {
    assertThat(reading.opened(row.key())).isPresent();
  }

  /** Somebody emptied the table, and the next key got the number again. */
  @Test
  void takesNoOtherKeyOfThatNumberForIt() {
    SigningKey another = seal.generate(first).key();

    assertThat(another.number()).isEqualTo(row.key().number());
    assertThat(reading.opened(another)).isEmpty();
  }

  @Test
  void doesNotUseAKeyThatWasErasedSince() {
    SigningKey key = row.key();
    var erased =
        new SigningKey(
            key.number(),
            key.id(),
            key.algorithm(),
            key.createdAt(),
            key.signsFrom(),
            key.tokenLifetime(),
            true);

    assertThat(reading.opened(erased)).isEmpty();
  }
}
