package dev.latchkey.adapters.security.key;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.security.Samples;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AesGcmSigningKeySealTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String OLD = "1:" + Samples.KEY;
  private static final String NEW = "2:" + Samples.OTHER_KEY;

  private final AesGcmSigningKeySeal seal = sealWith(OLD);

  @ParameterizedTest
  @EnumSource
  void makesAKeyThatOpensAgain(SigningAlgorithm algorithm) {
    var next = new NextSigningKey(3, algorithm, NOW, NOW.plusSeconds(1), LIFETIME);

    SealedSigningKey made = seal.generate(next);

    SigningKeyPair pair = seal.pairOf(made).orElseThrow();
    assertThat(pair.algorithm()).isEqualTo(algorithm);
    assertThat(made.key()).isEqualTo(next.made(pair.id()));
    assertThat(made.publicKey()).isEqualTo(pair.encodedPublicKey());
    assertThat(made.masterKeyId()).isEqualTo(new MasterKeyId(1));
  }

  @ParameterizedTest
  @EnumSource
  void encryptsThePrivateKey(SigningAlgorithm algorithm) {
    SealedSigningKey made = seal.generate(new NextSigningKey(1, algorithm, NOW, NOW, LIFETIME));

    byte[] privateKey = seal.pairOf(made).orElseThrow().encodedPrivateKey();
    String clear = HexFormat.of().formatHex(privateKey);
    String stored = HexFormat.of().formatHex(privatePartOf(made));
    assertThat(privatePartOf(made)).hasSize(12 + privateKey.length + 16);
    for (int start = 0; start + 16 <= clear.length(); start += 2) {
      assertThat(stored).doesNotContain(clear.substring(start, start + 16));
    }
  }

  @Test
  void sealsTheSameKeyDifferentlyEachTime() {
    SealedSigningKey row = sealed(1);
    AesGcmSigningKeySeal changed = sealWith(NEW + "," + OLD);

    assertThat(changed.reseal(row)).isNotEqualTo(changed.reseal(row));
  }

  @Test
  void resealsAKeyUnderTheCurrentMasterKeyUnlessItIs() {
    SealedSigningKey row = sealed(1);
    AesGcmSigningKeySeal changed = sealWith(NEW + "," + OLD);

    SealedSigningKey resealed = changed.reseal(row).orElseThrow();

    assertThat(resealed.masterKeyId()).isEqualTo(new MasterKeyId(2));
    assertThat(resealed.key()).isEqualTo(row.key());
    assertThat(sealWith(NEW).pairOf(resealed).orElseThrow().encodedPrivateKey())
        .isEqualTo(seal.pairOf(row).orElseThrow().encodedPrivateKey());
    assertThat(changed.reseal(resealed)).isEmpty();
    assertThat(seal.reseal(row)).isEmpty();
  }

  @Test
  void neitherOpensNorResealsWithoutTheMasterKeyOfThatId() {
    AesGcmSigningKeySeal other = sealWith("2:" + Samples.KEY);

    assertThat(other.open(sealed(1))).isEmpty();
    assertThat(other.reseal(sealed(1))).isEmpty();
  }

  @Test
  void doesNotOpenWithAnotherMasterKeyOfThatId() {
    assertThat(sealWith("1:" + Samples.OTHER_KEY).open(sealed(1))).isEmpty();
  }

  @Test
  void doesNotOpenARowThatWasChanged() {
    SealedSigningKey row = sealed(1);
    SealedSigningKey other = sealed(1);
    AesGcmSigningKeySeal bothKeys = sealWith("1:" + Samples.KEY + ",2:" + Samples.KEY);
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

  private static AesGcmSigningKeySeal sealWith(String masterKeys) {
    return new AesGcmSigningKeySeal(
        MasterKeys.parse(masterKeys), SignatureProvider.fastest(), new SecureRandom());
  }

  private SealedSigningKey sealed(int number) {
    return seal.generate(new NextSigningKey(number, SigningAlgorithm.ES256, NOW, NOW, LIFETIME));
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
      var key = new NextSigningKey(number, algorithm, NOW, signsFrom, LIFETIME).made(id);
      return new SealedSigningKey(key, publicKey, sealedPrivateKey, masterKeyId);
    }
  }
}
