package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.application.port.out.SigningKeys;
import dev.latchkey.domain.session.MasterKeyId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SigningKeys} keeps to. */
public abstract class SigningKeysContract {

  private SigningKeys signingKeys;

  /** Empty ones; asked for before each test. */
  protected abstract SigningKeys emptySigningKeys();

  @BeforeEach
  void open() {
    signingKeys = emptySigningKeys();
  }

  @Test
  void hasNoKeysAtFirst() {
    assertThat(signingKeys.all()).isEmpty();
  }

  @Test
  void givesBackEveryField() {
    SealedSigningKey key = key(1, "kid-1");

    assertThat(signingKeys.add(key)).isTrue();

    assertThat(signingKeys.all()).containsExactly(key);
  }

  @Test
  void listsTheKeysByNumber() {
    assertThat(signingKeys.add(key(2, "kid-2"))).isTrue();
    assertThat(signingKeys.add(key(10, "kid-10"))).isTrue();
    assertThat(signingKeys.add(key(1, "kid-1"))).isTrue();

    assertThat(signingKeys.all()).containsExactly(key(1, "kid-1"), key(2, "kid-2"), key(10, "kid-10"));
  }

  @Test
  void keepsTheFirstKeyOfANumber() {
    assertThat(signingKeys.add(key(1, "first"))).isTrue();

    assertThat(signingKeys.add(key(1, "second"))).isFalse();

    assertThat(signingKeys.all()).containsExactly(key(1, "first"));
  }

  @Test
  void addsOneOfManyKeysOfANumberAtOnce() throws Exception {
    List<Boolean> added = Race.run(i -> signingKeys.add(key(1, "kid-" + i)));

    assertThat(added).containsOnlyOnce(true);
    assertThat(signingKeys.all()).containsExactly(key(1, "kid-" + added.indexOf(true)));
  }

  private static SealedSigningKey key(int number, String id) {
    return new SealedSigningKey(
        number,
        id,
        "ES256",
        new byte[] {-128, -1, 0, 1, 127},
        new byte[] {127, 0, -128, 39, 92},
        new MasterKeyId(255),
        Instant.parse("2026-01-02T03:04:05.678Z"));
  }
}
