package dev.latchkey.adapters.security.key;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.latchkey.adapters.security.Samples;
import dev.latchkey.adapters.security.WatchedSigningKeys;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.testkit.InMemorySigningKeys;
import dev.latchkey.testkit.InMemoryStore;
import dev.latchkey.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SigningKeyRingTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final SigningKeyPolicy POLICY = Samples.policy(SigningAlgorithm.ES256);
  private static final String OLD = "1:" + Samples.KEY;
  private static final String NEW = "2:" + Samples.OTHER_KEY;

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock(NOW);
  private final SigningKeySeal seal = new SigningKeySeal(MasterKeys.parse(OLD), random);
  private final WatchedSigningKeys store = new WatchedSigningKeys();

  @ParameterizedTest
  @EnumSource
  void createsAKeyThatOpensAgain(SigningAlgorithm algorithm) {
    var next = new NextSigningKey(3, algorithm, NOW, NOW.plusSeconds(1), Duration.ofMinutes(5));

    SealedSigningKey created = open(store).create(next);

    SigningKeyPair pair = seal.open(created).orElseThrow();
    assertThat(pair.algorithm()).isEqualTo(algorithm.jwsName());
    assertThat(created.key()).isEqualTo(next.made(pair.id()));
    assertThat(created.publicKey()).isEqualTo(pair.encodedPublicKey());
    assertThat(created.masterKeyId()).isEqualTo(new MasterKeyId(1));
  }

  @ParameterizedTest
  @EnumSource
  void storesThePrivateKeyEncrypted(SigningAlgorithm algorithm) {
    var next = new NextSigningKey(1, algorithm, NOW, NOW, Duration.ofMinutes(5));
    SealedSigningKey created = open(store).create(next);

    byte[] privateKey = seal.open(created).orElseThrow().encodedPrivateKey();
    String clear = HexFormat.of().formatHex(privateKey);
    String stored = HexFormat.of().formatHex(privatePartOf(created));
    assertThat(privatePartOf(created)).hasSize(12 + privateKey.length + 16);
    for (int start = 0; start + 16 <= clear.length(); start += 2) {
      assertThat(stored).doesNotContain(clear.substring(start, start + 16));
    }
  }

  @Test
  void sealsTheSameKeyDifferentlyEachTime() {
    SigningKeyPair pair = pair(1);
    SigningKey key = key(pair, NOW);

    assertThat(seal.seal(pair, key)).isNotEqualTo(seal.seal(pair, key));
  }

  @Test
  void opensAnEmptyStoreAndSignsNothing() {
    SigningKeyRing ring = open(store);

    assertThat(ring.all()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> assertThat(ring.current()).isNull());
  }

  @Test
  void opensTheSameKeysAfterARestart() {
    add(1, NOW);
    add(2, NOW.plusSeconds(1));

    assertThat(open(store).all()).hasSize(2).isEqualTo(open(store).all());
  }

  @Test
  void signsWithTheActiveKeyAndVerifiesWithAllThatAreNotRetired() {
    SigningKeyPair first = add(1, NOW);
    Instant change = NOW.plusSeconds(30);
    SigningKeyPair second = add(2, change);
    SigningKeyRing ring = open(store);

    clock.set(change.minus(INSTANT));
    assertThat(ring.current().id()).isEqualTo(first.id());
    assertPublished(ring, first, second);

    clock.set(change);
    assertThat(ring.current().id()).isEqualTo(second.id());
    assertPublished(ring, first, second);

    Instant retired =
        change.plus(POLICY.tokenLifetime()).plus(SigningKeySchedule.RETIREMENT_MARGIN);
    clock.set(retired.minus(INSTANT));
    assertPublished(ring, first, second);
    clock.set(retired);
    assertPublished(ring, second);
    assertThat(ring.find(first.id())).isEmpty();
  }

  private static void assertPublished(SigningKeyRing ring, SigningKeyPair... pairs) {
    assertThat(ring.all())
        .containsExactly(
            Arrays.stream(pairs)
                .map(SigningKeyPair::verificationKey)
                .toArray(VerificationKey[]::new));
    for (SigningKeyPair pair : pairs) {
      assertThat(ring.find(pair.id())).map(SigningKeyPair::id).contains(pair.id());
    }
  }

  @Test
  void readsTheStoreBeforeItSignsByAReadingThatIsTooOld() {
    SigningKeyPair first = add(1, NOW);
    SigningKeyRing ring = open(store);
    SigningKeyPair second = add(2, NOW.plusSeconds(1));
    int reads = store.reads();

    clock.advance(SigningKeyPolicy.MAX_READING_AGE);
    assertThat(ring.current().id()).isEqualTo(first.id());
    assertThat(store.reads()).isEqualTo(reads);

    clock.advance(INSTANT);
    assertThat(ring.current().id()).isEqualTo(second.id());
    assertThat(ring.current().id()).isEqualTo(second.id());
    assertThat(store.reads()).isEqualTo(reads + 1);
  }

  @Test
  void doesNotSignByAReadingThatIsTooOldIfTheStoreIsAway() {
    add(1, NOW);
    SigningKeyRing ring = open(store);
    store.goAway();

    clock.advance(SigningKeyPolicy.MAX_READING_AGE);
    assertThat(ring.current().number()).isEqualTo(1);

    clock.advance(INSTANT);
    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> assertThat(ring.current()).isNull());
    store.comeBack();
    assertThat(ring.current().number()).isEqualTo(1);
  }

  @Test
  void publishesWhatOthersAddedEvenIfNobodyRefreshesIt() {
    SigningKeyPair first = add(1, NOW);
    SigningKeyRing ring = open(store);
    SigningKeyPair second = add(2, NOW.plusSeconds(3600));

    clock.advance(SigningKeyPolicy.MAX_READING_AGE.plus(INSTANT));

    assertPublished(ring, first, second);
  }

  @Test
  void publishesAndVerifiesForAsLongAsTheStoreIsAway() {
    SigningKeyPair first = add(1, NOW);
    SigningKeyRing ring = open(store);
    store.goAway();
    clock.advance(Duration.ofDays(1));

    assertPublished(ring, first);
  }

  @Test
  void aSlowReadingDoesNotReplaceALaterOne() {
    SigningKeyPair first = add(1, NOW);
    SigningKeyRing ring = open(store);
    store.afterNextRead(
        () -> {
          add(2, NOW.plusSeconds(3600));
          ring.refresh();
        });

    ring.refresh();

    assertThat(ring.all()).hasSize(2).first().isEqualTo(first.verificationKey());
  }

  @Test
  void tellsTheStoreHowLongItsTokensLive() {
    add(1, NOW);
    var lasting =
        new SigningKeyPolicy(
            SigningAlgorithm.ES256,
            POLICY.rotationInterval(),
            POLICY.jwksMaxAge(),
            Duration.ofHours(1));

    var _ = SigningKeyRing.open(store, MasterKeys.parse(OLD), lasting, clock, random);
    assertThat(lifetimes()).containsExactly(Duration.ofHours(1));

    add(2, NOW.plusSeconds(3600));
    var _ = open(store);
    assertThat(lifetimes()).containsExactly(Duration.ofHours(1), POLICY.tokenLifetime());
  }

  @Test
  void doesNotBringARetiredKeyBackForItsTokens() {
    add(1, NOW.minus(Duration.ofDays(1)));
    add(2, NOW.minus(Duration.ofHours(1)));
    var lasting =
        new SigningKeyPolicy(
            SigningAlgorithm.ES256,
            POLICY.rotationInterval(),
            POLICY.jwksMaxAge(),
            Duration.ofDays(1));

    SigningKeyRing ring = SigningKeyRing.open(store, MasterKeys.parse(OLD), lasting, clock, random);

    assertThat(lifetimes()).containsExactly(POLICY.tokenLifetime(), Duration.ofDays(1));
    assertThat(ring.all()).hasSize(1);
  }

  private List<Duration> lifetimes() {
    return store.all().stream().map(row -> row.key().tokenLifetime()).toList();
  }

  @Test
  void forgetsAKeyThatWasErased() {
    SigningKeyPair first = add(1, NOW);
    SigningKeyPair second = add(2, NOW);
    SigningKeyRing ring = open(store);
    store.erase(2);

    ring.refresh();

    assertPublished(ring, first);
    assertThat(ring.find(second.id())).isEmpty();
    assertThat(ring.current().id()).isEqualTo(first.id());
  }

  @Test
  void sealsTheKeysUnderTheCurrentMasterKeyAtStartSoThatTheOldOneCanGo() {
    add(1, NOW);
    add(2, NOW.plusSeconds(3600));
    List<VerificationKey> keys = open(store).all();

    assertThat(open(NEW + "," + OLD).all()).isEqualTo(keys);

    assertThat(store.all())
        .extracting(SealedSigningKey::masterKeyId)
        .containsOnly(new MasterKeyId(2));
    assertThat(open(NEW).all()).isEqualTo(keys);
    assertWrongMasterKey(OLD, "[1]", "master key 2");
  }

  /** Nodes whose current master keys differ would else write for ever. */
  @Test
  void sealsNothingAnewWhileItRuns() {
    add(1, NOW);
    SigningKeyRing changed = open(NEW + "," + OLD);
    var _ = open(OLD + "," + NEW);

    changed.refresh();

    assertThat(store.all())
        .extracting(SealedSigningKey::masterKeyId)
        .containsExactly(new MasterKeyId(1));
  }

  @Test
  void goesOnWhenAnotherNodeSealsTheKeysUnderAMasterKeyThatItDoesNotHave() {
    SigningKeyPair first = add(1, NOW);
    SigningKeyRing ring = open(OLD);
    var _ = open(NEW + "," + OLD);

    ring.refresh();

    assertThat(ring.current().id()).isEqualTo(first.id());
    assertPublished(ring, first);
  }

  @Test
  void doesNotOpenWithAnotherMasterKeyOfThatId() {
    add(1, NOW);

    assertWrongMasterKey("1:" + Samples.OTHER_KEY, "[1]", "master key 1");
  }

  /**
   * Two that start together on an empty store, each with a master key of its own: one of them must
   * not go on.
   */
  @Test
  void doesNotGoOnIfAnotherNodeWasFasterWithAnotherMasterKey() {
    SigningKeyRing ring = open(store);
    addForeign(1, NOW);

    assertThatThrownBy(ring::requireThatAllOpen).isInstanceOf(WrongMasterKeyException.class);
  }

  @Test
  void doesNotOpenWithoutTheMasterKeyOfThatId() {
    add(1, NOW);

    assertWrongMasterKey("2:" + Samples.KEY + ",3:" + Samples.OTHER_KEY, "[2, 3]", "master key 1");
  }

  @ParameterizedTest
  @EnumSource
  void doesNotOpenIfAnyKeyButARetiredOneIsSealedUnderAnother(OtherKey other) {
    add(1, NOW.minus(Duration.ofDays(2)));
    addForeign(2, NOW.plus(other.signsAfter));
    add(3, NOW.plus(other.successorSignsAfter));

    if (other == OtherKey.RETIRED) {
      assertThat(open(store).all()).hasSize(1);
    } else {
      assertThatThrownBy(() -> open(store)).isInstanceOf(WrongMasterKeyException.class);
    }
  }

  enum OtherKey {
    PENDING(Duration.ofHours(1), Duration.ofHours(2)),
    ACTIVE(Duration.ofHours(-1), Duration.ofHours(1)),
    RETIRING(Duration.ofDays(-1), Duration.ofMinutes(-1)),
    RETIRED(Duration.ofDays(-1), Duration.ofHours(-1));

    private final Duration signsAfter;
    private final Duration successorSignsAfter;

    OtherKey(Duration signsAfter, Duration successorSignsAfter) {
      this.signsAfter = signsAfter;
      this.successorSignsAfter = successorSignsAfter;
    }
  }

  private void assertWrongMasterKey(String setting, String... words) {
    assertThatThrownBy(() -> open(setting))
        .isInstanceOf(WrongMasterKeyException.class)
        .hasNoCause()
        .message()
        .contains("latchkey.master-key", "signing key 1")
        .contains(words)
        .doesNotContain(Samples.KEY, Samples.OTHER_KEY);
  }

  @Test
  void doesNotOpenARowThatWasChanged() {
    SealedSigningKey row = sealed(1);
    SealedSigningKey other = sealed(1);
    SigningKeySeal bothKeys =
        new SigningKeySeal(MasterKeys.parse("1:" + Samples.KEY + ",2:" + Samples.KEY), random);
    assertThat(bothKeys.open(row)).isPresent();
    assertThat(bothKeys.open(copy(row).build())).isPresent();

    assertThat(bothKeys.open(copy(row).number(2).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).id("kid").build())).isEmpty();
    assertThat(bothKeys.open(copy(row).id(other.key().id()).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).algorithm(SigningAlgorithm.EDDSA).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).publicKey(other.publicKey()).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).id(other.key().id()).publicKey(other.publicKey()).build()))
        .isEmpty();
    assertThat(bothKeys.open(copy(row).sealedPrivateKey(privatePartOf(other)).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).masterKeyId(2).build())).isEmpty();
  }

  @Test
  void doesNotOpenAPrivateKeyWithAnyOneBitFlipped() {
    SealedSigningKey row = sealed(1);
    byte[] sealed = privatePartOf(row);

    for (int bit = 0; bit < sealed.length * 8; bit++) {
      sealed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(seal.open(copy(row).sealedPrivateKey(sealed).build())).as("bit %d", bit).isEmpty();
      sealed[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(seal.open(copy(row).sealedPrivateKey(sealed).build())).isPresent();
  }

  @Test
  void doesNotOpenAPrivateKeyThatIsCutAnywhere() {
    SealedSigningKey row = sealed(1);
    byte[] sealed = privatePartOf(row);

    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThat(seal.open(copy(row).sealedPrivateKey(cut).build()))
          .as("length %d", length)
          .isEmpty();
    }
  }

  @Test
  void doesNotStartWithARowThatWasChanged() {
    SigningKeys changed = new InMemorySigningKeys(new InMemoryStore());
    assertThat(changed.add(copy(sealed(1)).publicKey(pair(1).encodedPublicKey()).build())).isTrue();

    assertThatThrownBy(() -> open(changed)).isInstanceOf(WrongMasterKeyException.class);
  }

  @Test
  void findsAKeyThatAnotherNodeAddedSince() {
    add(1, NOW);
    SigningKeyRing ring = open(store);
    SigningKeyPair added = add(2, NOW);
    clock.advance(SigningKeyRing.REREAD_INTERVAL);

    assertThat(ring.find(added.id())).map(SigningKeyPair::id).contains(added.id());
    assertThat(ring.current().id()).isEqualTo(added.id());
    assertThat(ring.all()).extracting(VerificationKey::id).hasSize(2).endsWith(added.id());
  }

  @Test
  void readsTheStoreOnceInAWhileHoweverManyUnknownKeysItIsAskedFor() {
    SigningKeyRing ring = open(store);
    clock.advance(Duration.ofHours(1));
    int reads = store.reads();

    for (int i = 0; i < 100; i++) {
      assertThat(ring.find("garbage" + i)).isEmpty();
    }
    assertThat(store.reads()).isEqualTo(reads + 1);

    clock.advance(SigningKeyRing.REREAD_INTERVAL.minusMillis(1));
    assertThat(ring.find("garbage")).isEmpty();
    assertThat(store.reads()).isEqualTo(reads + 1);

    clock.advance(INSTANT);
    assertThat(ring.find("garbage")).isEmpty();
    assertThat(store.reads()).isEqualTo(reads + 2);
  }

  @Test
  void doesNotReadTheStoreForAKeyThatItKnows() {
    SigningKeyPair first = add(1, NOW);
    SigningKeyRing ring = open(store);
    clock.advance(Duration.ofHours(1));
    int reads = store.reads();

    assertThat(ring.find(first.id())).isPresent();
    assertThat(store.reads()).isEqualTo(reads);
  }

  @Test
  void findsAddedKeysEvenIfTheClockWasSetBack() {
    add(1, NOW);
    SigningKeyRing ring = open(store);
    SigningKeyPair added = add(2, NOW);
    clock.set(NOW.minus(Duration.ofDays(1)));

    assertThat(ring.find(added.id())).isPresent();
  }

  @Test
  void trustsNoKeyThatSomebodyWroteIntoTheStoreWithoutTheMasterKey() {
    SigningKeyPair first = add(1, NOW);
    SigningKeyRing ring = open(store);
    SigningKeyPair forged = addForeign(2, NOW);
    clock.advance(SigningKeyRing.REREAD_INTERVAL);

    assertThat(ring.find(forged.id())).isEmpty();
    assertPublished(ring, first);
    assertThat(ring.current().id()).isEqualTo(first.id());
  }

  private SigningKeyRing open(SigningKeys keys) {
    return SigningKeyRing.open(keys, MasterKeys.parse(OLD), POLICY, clock, random);
  }

  private SigningKeyRing open(String masterKeys) {
    return SigningKeyRing.open(store, MasterKeys.parse(masterKeys), POLICY, clock, random);
  }

  @CanIgnoreReturnValue
  private SigningKeyPair add(int number, Instant signsFrom) {
    return add(seal, number, signsFrom);
  }

  /** Sealed under a master key that nobody here has. */
  @CanIgnoreReturnValue
  private SigningKeyPair addForeign(int number, Instant signsFrom) {
    return add(new SigningKeySeal(MasterKeys.parse(Samples.OTHER_KEY), random), number, signsFrom);
  }

  private SigningKeyPair add(SigningKeySeal sealWith, int number, Instant signsFrom) {
    SigningKeyPair pair = pair(number);
    assertThat(store.add(sealWith.seal(pair, key(pair, signsFrom)))).isTrue();
    return pair;
  }

  private SigningKeyPair pair(int number) {
    return SigningKeyPair.generate(number, SigningAlgorithm.ES256, random);
  }

  private static SigningKey key(SigningKeyPair pair, Instant signsFrom) {
    return new NextSigningKey(
            pair.number(), SigningAlgorithm.ES256, NOW, signsFrom, POLICY.tokenLifetime())
        .made(pair.id());
  }

  private SealedSigningKey sealed(int number) {
    SigningKeyPair pair = pair(number);
    return seal.seal(pair, key(pair, NOW));
  }

  private static byte[] privatePartOf(SealedSigningKey row) {
    return requireNonNull(row.sealedPrivateKey());
  }

  private static RowBuilder copy(SealedSigningKey row) {
    return new RowBuilder(row);
  }

  /** Changes one thing about a row. */
  private static final class RowBuilder {

    private final Instant signsFrom;
    private int number;
    private String id;
    private SigningAlgorithm algorithm;
    private byte[] publicKey;
    private byte[] sealedPrivateKey;
    private MasterKeyId masterKeyId;

    private RowBuilder(SealedSigningKey row) {
      this.number = row.key().number();
      this.id = row.key().id();
      this.algorithm = row.key().algorithm();
      this.publicKey = row.publicKey();
      this.sealedPrivateKey = privatePartOf(row);
      this.masterKeyId = row.masterKeyId();
      this.signsFrom = row.key().signsFrom();
    }

    private RowBuilder number(int changed) {
      number = changed;
      return this;
    }

    private RowBuilder id(String changed) {
      id = changed;
      return this;
    }

    private RowBuilder algorithm(SigningAlgorithm changed) {
      algorithm = changed;
      return this;
    }

    private RowBuilder publicKey(byte[] changed) {
      publicKey = changed;
      return this;
    }

    private RowBuilder sealedPrivateKey(byte[] changed) {
      sealedPrivateKey = changed;
      return this;
    }

    private RowBuilder masterKeyId(int changed) {
      masterKeyId = new MasterKeyId(changed);
      return this;
    }

    private SealedSigningKey build() {
      var key =
          new NextSigningKey(number, algorithm, NOW, signsFrom, POLICY.tokenLifetime()).made(id);
      return new SealedSigningKey(key, publicKey, sealedPrivateKey, masterKeyId);
    }
  }
}
