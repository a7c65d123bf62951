package dev.latchkey.application.port.out.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SealedSigningKeyTest {

  private static final SigningKey KEY =
      new NextSigningKey(
              1, SigningAlgorithm.ES256, Instant.EPOCH, Instant.EPOCH, Duration.ofMinutes(5))
          .made("kid");
  private static final SigningKey ERASED =
      new SigningKey(
          1,
          "kid",
          SigningAlgorithm.ES256,
          Instant.EPOCH,
          Instant.EPOCH,
          Duration.ofMinutes(5),
          true);
  private static final MasterKeyId MASTER_KEY = new MasterKeyId(1);

  private final byte[] publicKey = {1, 2};
  private final byte[] sealed = {3, 4};
  private final SealedSigningKey key = new SealedSigningKey(KEY, publicKey, sealed, MASTER_KEY);

  @Test
  void isEqualByAllItsParts() {
    SigningKey another = KEY.withTokenLifetimeOfAtLeast(Duration.ofHours(1));

    assertThat(key)
        .isEqualTo(new SealedSigningKey(KEY, publicKey, sealed, MASTER_KEY))
        .hasSameHashCodeAs(new SealedSigningKey(KEY, publicKey, sealed, MASTER_KEY))
        .isNotEqualTo(new SealedSigningKey(another, publicKey, sealed, MASTER_KEY))
        .doesNotHaveSameHashCodeAs(new SealedSigningKey(another, publicKey, sealed, MASTER_KEY))
        .isNotEqualTo(new SealedSigningKey(KEY, new byte[] {1}, sealed, MASTER_KEY))
        .isNotEqualTo(new SealedSigningKey(KEY, publicKey, new byte[] {3}, MASTER_KEY))
        .isNotEqualTo(new SealedSigningKey(KEY, publicKey, sealed, new MasterKeyId(2)));
  }

  @Test
  void hasAPrivatePartUnlessItIsErased() {
    assertThat(key.sealedPrivateKey()).isEqualTo(sealed);
    assertThat(new SealedSigningKey(ERASED, publicKey, null, MASTER_KEY).sealedPrivateKey())
        .isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SealedSigningKey(KEY, publicKey, null, MASTER_KEY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SealedSigningKey(ERASED, publicKey, sealed, MASTER_KEY));
  }

  @Test
  void cannotBeChangedThroughItsArrays() {
    publicKey[0]++;
    sealed[0]++;
    key.publicKey()[0]++;

    assertThat(key)
        .isEqualTo(new SealedSigningKey(KEY, new byte[] {1, 2}, new byte[] {3, 4}, MASTER_KEY));
  }
}
