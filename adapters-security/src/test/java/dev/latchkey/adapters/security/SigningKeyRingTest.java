package dev.latchkey.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.application.port.out.SigningKeys;
import dev.latchkey.application.port.out.VerificationKey;
import dev.latchkey.domain.session.MasterKeyId;
import dev.latchkey.testkit.InMemorySigningKeys;
import dev.latchkey.testkit.InMemoryStore;
import dev.latchkey.testkit.SettableClock;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SigningKeyRingTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final MasterKeys MASTER_KEYS = MasterKeys.parse(Samples.KEY);

  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock(NOW);
  private final SigningKeySeal seal = new SigningKeySeal(MASTER_KEYS, random);
  private final WatchedStore store = new WatchedStore();

  @Test
  void makesTheFirstKeyOfAnEmptyStore() throws Exception {
    SigningKeyRing ring = open(store);

    VerificationKey key = ring.all().getFirst();
    assertThat(ring.all()).hasSize(1);
    assertThat(key.algorithm()).isEqualTo("ES256");
    assertThat(key.id())
        .isEqualTo(
            new ECKey.Builder(Curve.P_256, (ECPublicKey) key.key()).build().computeThumbprint("SHA-256").toString());
    assertThat(store.all())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.number()).isEqualTo(1);
              assertThat(row.id()).isEqualTo(key.id());
              assertThat(row.algorithm()).isEqualTo("ES256");
              assertThat(row.publicKey()).isEqualTo(key.key().getEncoded());
              assertThat(row.masterKeyId()).isEqualTo(new MasterKeyId(1));
              assertThat(row.createdAt()).isEqualTo(NOW);
            });
  }

  @Test
  void storesThePrivateKeyEncrypted() throws Exception {
    SigningKeyRing ring = open(store);

    byte[] privateKey = ring.current().encodedPrivateKey();
    byte[] stored = store.all().getFirst().sealedPrivateKey();
    assertThat(stored).hasSize(12 + privateKey.length + 16);
    String secret = secretNumberInHex(privateKey);
    assertThat(HexFormat.of().formatHex(privateKey)).contains(secret);
    assertThat(HexFormat.of().formatHex(stored)).doesNotContain(secret);
  }

  @Test
  void sealsTheSameKeyDifferentlyEachTime() {
    SigningKey key = SigningKey.generate(1, random);

    assertThat(seal.seal(key, NOW).sealedPrivateKey()).isNotEqualTo(seal.seal(key, NOW).sealedPrivateKey());
  }

  @Test
  void opensTheSameKeyAfterARestart() {
    assertThat(open(store).all()).isEqualTo(open(store).all());
  }

  @Test
  void usesTheKeyOfANodeThatWasFaster() {
    List<SigningKeyRing> faster = new ArrayList<>();
    store.afterFirstRead = () -> faster.add(open(store));

    SigningKeyRing slow = open(store);

    assertThat(faster).singleElement().satisfies(ring -> assertThat(ring.all()).isEqualTo(slow.all()));
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void signsWithTheHighestNumberAndVerifiesWithAll() {
    SigningKey first = add(1);
    SigningKey second = add(2);
    SigningKey tenth = add(10);

    SigningKeyRing ring = open(store);

    assertThat(ring.current().id()).isEqualTo(tenth.id());
    assertThat(ring.all()).extracting(VerificationKey::id).containsExactly(first.id(), second.id(), tenth.id());
  }

  @Test
  void opensAKeyThatWasSealedUnderAnOlderMasterKey() {
    List<VerificationKey> keys = open(store).all();

    MasterKeys rotated = MasterKeys.parse("2:" + Samples.OTHER_KEY + ",1:" + Samples.KEY);

    assertThat(SigningKeyRing.open(store, rotated, clock, random).all()).isEqualTo(keys);
  }

  @Test
  void doesNotOpenWithAnotherMasterKeyOfThatId() {
    var _ = open(store);

    assertWrongMasterKey("1:" + Samples.OTHER_KEY, "[1]");
  }

  @Test
  void doesNotOpenWithoutTheMasterKeyOfThatId() {
    var _ = open(store);

    assertWrongMasterKey("2:" + Samples.KEY + ",3:" + Samples.OTHER_KEY, "[2, 3]");
  }

  private void assertWrongMasterKey(String setting, String ids) {
    assertThatThrownBy(() -> SigningKeyRing.open(store, MasterKeys.parse(setting), clock, random))
        .isInstanceOf(WrongMasterKeyException.class)
        .hasNoCause()
        .message()
        .contains("latchkey.master-key", "signing key 1", "master key 1", ids)
        .doesNotContain(Samples.KEY, Samples.OTHER_KEY);
  }

  @Test
  void doesNotOpenARowThatWasChanged() {
    SealedSigningKey row = seal.seal(SigningKey.generate(1, random), NOW);
    SealedSigningKey other = seal.seal(SigningKey.generate(1, random), NOW);
    SigningKeySeal bothKeys =
        new SigningKeySeal(MasterKeys.parse("1:" + Samples.KEY + ",2:" + Samples.KEY), random);
    assertThat(bothKeys.open(row)).isPresent();
    assertThat(bothKeys.open(copy(row).build())).isPresent();

    assertThat(bothKeys.open(copy(row).number(2).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).id("kid").build())).isEmpty();
    assertThat(bothKeys.open(copy(row).id(other.id()).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).algorithm("ES384").build())).isEmpty();
    assertThat(bothKeys.open(copy(row).publicKey(other.publicKey()).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).id(other.id()).publicKey(other.publicKey()).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).sealedPrivateKey(other.sealedPrivateKey()).build())).isEmpty();
    assertThat(bothKeys.open(copy(row).masterKeyId(2).build())).isEmpty();
  }

  @Test
  void doesNotOpenAPrivateKeyWithAnyOneBitFlipped() {
    SealedSigningKey row = seal.seal(SigningKey.generate(1, random), NOW);
    byte[] sealed = row.sealedPrivateKey();

    for (int bit = 0; bit < sealed.length * 8; bit++) {
      sealed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(seal.open(copy(row).sealedPrivateKey(sealed).build())).as("bit %d", bit).isEmpty();
      sealed[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(seal.open(copy(row).sealedPrivateKey(sealed).build())).isPresent();
  }

  @Test
  void doesNotOpenAPrivateKeyThatIsCutAnywhere() {
    SealedSigningKey row = seal.seal(SigningKey.generate(1, random), NOW);
    byte[] sealed = row.sealedPrivateKey();

    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThat(seal.open(copy(row).sealedPrivateKey(cut).build())).as("length %d", length).isEmpty();
    }
  }

  @Test
  void doesNotStartWithARowThatWasChanged() {
    var _ = open(store);
    SealedSigningKey row = store.all().getFirst();
    SigningKeys changed = storeOf(copy(row).publicKey(SigningKey.generate(1, random).encodedPublicKey()).build());

    assertThatThrownBy(() -> open(changed)).isInstanceOf(WrongMasterKeyException.class);
  }

  @Test
  void leavesKeysOfOtherAlgorithmsToNodesThatKnowThem() {
    SigningKey known = add(1);
    SealedSigningKey later = copy(seal.seal(SigningKey.generate(2, random), NOW)).algorithm("EdDSA").build();
    assertThat(store.add(later)).isTrue();

    assertThat(open(store).all()).extracting(VerificationKey::id).containsExactly(known.id());
  }

  @Test
  void doesNotStartIfItKnowsTheAlgorithmOfNoKey() {
    SigningKeys unknown =
        storeOf(copy(seal.seal(SigningKey.generate(1, random), NOW)).algorithm("EdDSA").build());

    assertThatThrownBy(() -> open(unknown))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("algorithm");
  }

  @Test
  void findsAKeyThatAnotherNodeAddedSince() {
    SigningKeyRing ring = open(store);
    SigningKey added = add(2);
    clock.advance(SigningKeyRing.REREAD_INTERVAL);

    assertThat(ring.find(added.id())).map(SigningKey::id).contains(added.id());
    assertThat(ring.current().id()).isEqualTo(added.id());
    assertThat(ring.all()).extracting(VerificationKey::id).hasSize(2).endsWith(added.id());
  }

  @Test
  void readsTheStoreOnceInAWhileHoweverManyUnknownKeysItIsAskedFor() {
    SigningKeyRing ring = open(store);
    clock.advance(Duration.ofHours(1));
    store.reads = 0;

    for (int i = 0; i < 100; i++) {
      assertThat(ring.find("garbage" + i)).isEmpty();
    }
    assertThat(store.reads).isEqualTo(1);

    clock.advance(SigningKeyRing.REREAD_INTERVAL.minusMillis(1));
    assertThat(ring.find("garbage")).isEmpty();
    assertThat(store.reads).isEqualTo(1);

    clock.advance(Duration.ofMillis(1));
    assertThat(ring.find("garbage")).isEmpty();
    assertThat(store.reads).isEqualTo(2);
  }

  @Test
  void doesNotReadTheStoreForAKeyThatItKnows() {
    SigningKeyRing ring = open(store);
    clock.advance(Duration.ofHours(1));
    store.reads = 0;

    assertThat(ring.find(ring.current().id())).isPresent();
    assertThat(store.reads).isZero();
  }

  @Test
  void findsAddedKeysEvenIfTheClockWasSetBack() {
    SigningKeyRing ring = open(store);
    SigningKey added = add(2);
    clock.set(NOW.minus(Duration.ofDays(1)));

    assertThat(ring.find(added.id())).isPresent();
  }

  @Test
  void trustsNoKeyThatSomebodyWroteIntoTheStoreWithoutTheMasterKey() {
    SigningKeyRing ring = open(store);
    SigningKeySeal attackers = new SigningKeySeal(MasterKeys.parse(Samples.OTHER_KEY), random);
    SealedSigningKey forged = attackers.seal(SigningKey.generate(2, random), NOW);
    assertThat(store.add(forged)).isTrue();
    clock.advance(SigningKeyRing.REREAD_INTERVAL);

    assertThat(ring.find(forged.id())).isEmpty();
    assertThat(ring.all()).hasSize(1);
  }

  @Test
  void printsNoPrivateKey() {
    SigningKey key = open(store).current();

    assertThat(key).hasToString("SigningKey[number=1, id=" + key.id() + "]");
  }

  private static String secretNumberInHex(byte[] privateKey) throws Exception {
    var key = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(privateKey));
    return key.getS().toString(16);
  }

  private SigningKeyRing open(SigningKeys keys) {
    return SigningKeyRing.open(keys, MASTER_KEYS, clock, random);
  }

  private SigningKey add(int number) {
    SigningKey key = SigningKey.generate(number, random);
    assertThat(store.add(seal.seal(key, NOW))).isTrue();
    return key;
  }

  private static SigningKeys emptyStore() {
    return new InMemorySigningKeys(new InMemoryStore());
  }

  private static SigningKeys storeOf(SealedSigningKey key) {
    SigningKeys keys = emptyStore();
    assertThat(keys.add(key)).isTrue();
    return keys;
  }

  private static RowBuilder copy(SealedSigningKey row) {
    return new RowBuilder(row);
  }

  /** Counts how often it is read, and lets something happen after the first time. */
  private static final class WatchedStore implements SigningKeys {

    private final SigningKeys keys = emptyStore();
    private int reads;
    private @Nullable Runnable afterFirstRead;

    @Override
    public List<SealedSigningKey> all() {
      reads++;
      List<SealedSigningKey> read = keys.all();
      Runnable meanwhile = afterFirstRead;
      if (meanwhile != null) {
        afterFirstRead = null;
        meanwhile.run();
      }
      return read;
    }

    @Override
    public boolean add(SealedSigningKey key) {
      return keys.add(key);
    }
  }

  /** Changes one thing about a row. */
  private static final class RowBuilder {

    private final Instant createdAt;
    private int number;
    private String id;
    private String algorithm;
    private byte[] publicKey;
    private byte[] sealedPrivateKey;
    private MasterKeyId masterKeyId;

    private RowBuilder(SealedSigningKey row) {
      this.number = row.number();
      this.id = row.id();
      this.algorithm = row.algorithm();
      this.publicKey = row.publicKey();
      this.sealedPrivateKey = row.sealedPrivateKey();
      this.masterKeyId = row.masterKeyId();
      this.createdAt = row.createdAt();
    }

    private RowBuilder number(int changed) {
      number = changed;
      return this;
    }

    private RowBuilder id(String changed) {
      id = changed;
      return this;
    }

    private RowBuilder algorithm(String changed) {
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
      return new SealedSigningKey(number, id, algorithm, publicKey, sealedPrivateKey, masterKeyId, createdAt);
    }
  }
}
