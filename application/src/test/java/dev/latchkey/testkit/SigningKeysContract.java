package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link SigningKeys} keeps to. */
public abstract class SigningKeysContract {

  private static final MasterKeyId MASTER_KEY = new MasterKeyId(255);
  private static final MasterKeyId OTHER_MASTER_KEY = new MasterKeyId(0);
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final byte[] PUBLIC = {-128, -1, 0, 1, 127};

  private SigningKeys signingKeys;

  /** Returns one without data; called before each test. */
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

    assertThat(signingKeys.all())
        .containsExactly(key(1, "kid-1"), key(2, "kid-2"), key(10, "kid-10"));
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

  @ParameterizedTest
  @EnumSource
  void keepsKeysOfEveryAlgorithm(SigningAlgorithm algorithm) {
    SealedSigningKey key = key(1, "kid-1", algorithm, LIFETIME);

    assertThat(signingKeys.add(key)).isTrue();

    assertThat(signingKeys.all()).containsExactly(key);
  }

  @Test
  void resealsAKeyThatIsSealedUnderTheExpectedMasterKey() {
    assertThat(signingKeys.add(key(1, "kid-1"))).isTrue();
    assertThat(signingKeys.add(key(2, "kid-2"))).isTrue();
    var resealed =
        new SealedSigningKey(key(1, "kid-1").key(), PUBLIC, new byte[] {1, 2}, OTHER_MASTER_KEY);

    assertThat(signingKeys.reseal(resealed, MASTER_KEY)).isTrue();

    assertThat(signingKeys.all()).containsExactly(resealed, key(2, "kid-2"));
  }

  @Test
  void doesNotResealWhatSomebodyElseHasResealedOrErased() {
    assertThat(signingKeys.add(key(1, "kid-1"))).isTrue();
    assertThat(signingKeys.add(key(2, "kid-2"))).isTrue();
    signingKeys.erase(2);
    List<SealedSigningKey> before = signingKeys.all();

    assertThat(signingKeys.reseal(key(1, "kid-1"), OTHER_MASTER_KEY)).isFalse();
    assertThat(signingKeys.reseal(key(2, "kid-2"), MASTER_KEY)).isFalse();
    assertThat(signingKeys.reseal(key(3, "kid-3"), MASTER_KEY)).isFalse();

    assertThat(signingKeys.all()).isEqualTo(before);
  }

  @Test
  void theLifetimeOfTokensOnlyGrows() {
    assertThat(signingKeys.add(key(1, "kid-1"))).isTrue();
    assertThat(signingKeys.add(key(2, "kid-2"))).isTrue();
    Duration longer = LIFETIME.plusSeconds(1);

    signingKeys.extendTokenLifetime(1, longer);
    signingKeys.extendTokenLifetime(1, LIFETIME);
    signingKeys.extendTokenLifetime(3, longer);

    assertThat(signingKeys.all())
        .containsExactly(key(1, "kid-1", SigningAlgorithm.ES256, longer), key(2, "kid-2"));
  }

  /**
   * A token may live for a fraction of a second longer than was stored, and must not lose its key
   * for that.
   */
  @Test
  void doesNotCutTheLifetimeOfTokens() {
    assertThat(signingKeys.add(key(1, "kid-1", SigningAlgorithm.ES256, Duration.ofMillis(1001))))
        .isTrue();
    assertThat(signingKeys.add(key(2, "kid-2"))).isTrue();

    signingKeys.extendTokenLifetime(2, LIFETIME.plusMillis(1));

    assertThat(signingKeys.all())
        .extracting(row -> row.key().tokenLifetime())
        .satisfiesExactly(
            lifetime -> assertThat(lifetime).isGreaterThanOrEqualTo(Duration.ofMillis(1001)),
            lifetime -> assertThat(lifetime).isGreaterThanOrEqualTo(LIFETIME.plusMillis(1)));
  }

  @Test
  void erasesThePrivatePartAndNothingElse() {
    assertThat(signingKeys.add(key(1, "kid-1"))).isTrue();
    assertThat(signingKeys.add(key(2, "kid-2"))).isTrue();

    signingKeys.erase(1);
    signingKeys.erase(1);
    signingKeys.erase(3);

    assertThat(signingKeys.all())
        .satisfiesExactly(
            erased -> {
              assertThat(erased.sealedPrivateKey()).isNull();
              assertThat(erased.key().erased()).isTrue();
              assertThat(erased.key())
                  .usingRecursiveComparison()
                  .ignoringFields("erased")
                  .isEqualTo(key(1, "kid-1").key());
              assertThat(erased.publicKey()).isEqualTo(PUBLIC);
            },
            other -> assertThat(other).isEqualTo(key(2, "kid-2")));
  }

  private static SealedSigningKey key(int number, String id) {
    return key(number, id, SigningAlgorithm.ES256, LIFETIME);
  }

  private static SealedSigningKey key(
      int number, String id, SigningAlgorithm algorithm, Duration lifetime) {
    var key =
        new SigningKey(
            number,
            id,
            algorithm,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            Instant.parse("2026-01-02T03:15:05.678Z"),
            lifetime,
            false);
    return new SealedSigningKey(key, PUBLIC, new byte[] {127, 0, -128, 39, 92}, MASTER_KEY);
  }
}
