package dev.latchkey.application.service.key;

import static dev.latchkey.application.service.key.KeyFixture.START;
import static dev.latchkey.application.service.key.KeyFixture.retirementBy;
import static dev.latchkey.domain.key.SigningKeyPolicy.MAX_READING_AGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.testkit.FakeSigningKeySeal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SigningKeyRingTest {

  private static final Duration AN_INSTANT = Duration.ofMillis(1);

  private final KeyFixture fixture = new KeyFixture();
  private final SigningKeyRing ring = fixture.node(1).ring;

  @Test
  void signsNothingWithoutAKey() {
    assertThat(ring.published()).isEmpty();
    assertThat(ring.current()).isEmpty();
  }

  @Test
  void signsWithTheActiveKeyAndVerifiesWithAllThatAreNotRetired() {
    SigningKey first = fixture.added(1, START);
    Instant change = START.plusSeconds(30);
    SigningKey second = fixture.added(2, change);
    var _ = ring.read();

    fixture.clock.set(change.minus(AN_INSTANT));
    assertThat(currentKeyId()).isEqualTo(first.id());
    assertPublished(first, second);

    fixture.clock.set(change);
    assertThat(currentKeyId()).isEqualTo(second.id());
    assertPublished(first, second);

    fixture.clock.set(retirementBy(second).minus(AN_INSTANT));
    assertPublished(first, second);
    fixture.clock.set(retirementBy(second));
    assertPublished(second);
    assertThat(ring.find(first.id())).isEmpty();
  }

  @Test
  void readsTheStoreBeforeItSignsByAReadingThatIsTooOld() {
    SigningKey first = fixture.added(1, START);
    var _ = ring.read();
    SigningKey second = fixture.added(2, START.plusSeconds(1));
    int reads = fixture.store.reads();

    fixture.clock.advance(MAX_READING_AGE);
    assertThat(currentKeyId()).isEqualTo(first.id());
    assertThat(fixture.store.reads()).isEqualTo(reads);

    fixture.clock.advance(AN_INSTANT);
    assertThat(currentKeyId()).isEqualTo(second.id());
    assertThat(currentKeyId()).isEqualTo(second.id());
    assertThat(fixture.store.reads()).isEqualTo(reads + 1);
  }

  @Test
  void doesNotSignByAReadingThatIsTooOldIfTheStoreIsUnavailable() {
    SigningKey first = fixture.added(1, START);
    var _ = ring.read();
    fixture.store.becomeUnavailable();

    fixture.clock.advance(MAX_READING_AGE);
    assertThat(currentKeyId()).isEqualTo(first.id());

    fixture.clock.advance(AN_INSTANT);
    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> assertThat(ring.current()).isEmpty());
    fixture.store.recover();
    assertThat(currentKeyId()).isEqualTo(first.id());
  }

  @Test
  void publishesWhatOthersAddedEvenIfNobodyChecks() {
    SigningKey first = fixture.added(1, START);
    var _ = ring.read();
    SigningKey second = fixture.added(2, START.plusSeconds(3600));

    fixture.clock.advance(MAX_READING_AGE.plus(AN_INSTANT));

    assertPublished(first, second);
  }

  @Test
  void publishesAndVerifiesForAsLongAsTheStoreIsUnavailable() {
    SigningKey first = fixture.added(1, START);
    var _ = ring.read();
    fixture.store.becomeUnavailable();
    fixture.clock.advance(Duration.ofDays(1));

    assertPublished(first);
  }

  @Test
  void aSlowReadingDoesNotReplaceALaterOne() {
    SigningKey first = fixture.added(1, START);
    var _ = ring.read();
    fixture.store.afterNextRead(
        () -> {
          fixture.added(2, START.plusSeconds(3600));
          var _ = ring.read();
        });

    var _ = ring.read();

    assertThat(ring.published())
        .hasSize(2)
        .first()
        .extracting(VerificationKey::id)
        .isEqualTo(first.id());
  }

  @Test
  void changesNothingInTheStoreByReading() {
    fixture.added(1, START.minus(Duration.ofDays(2)));
    fixture.added(2, START.minus(Duration.ofDays(1)));
    var before = fixture.store.all();

    var _ = ring.read();

    assertThat(fixture.store.all()).isEqualTo(before);
  }

  @Test
  void forgetsAKeyThatWasErased() {
    SigningKey first = fixture.added(1, START);
    SigningKey second = fixture.added(2, START);
    var _ = ring.read();
    fixture.store.erase(2);

    var _ = ring.read();

    assertPublished(first);
    assertThat(ring.find(second.id())).isEmpty();
    assertThat(currentKeyId()).isEqualTo(first.id());
  }

  @Test
  void findsAKeyThatAnotherNodeAddedSince() {
    fixture.added(1, START);
    var _ = ring.read();
    SigningKey added = fixture.added(2, START);
    fixture.clock.advance(SigningKeyRing.REREAD_INTERVAL);

    assertThat(ring.find(added.id())).map(OpenedSigningKey::id).contains(added.id());
    assertThat(currentKeyId()).isEqualTo(added.id());
  }

  @Test
  void findsAddedKeysEvenIfTheClockWasSetBack() {
    fixture.added(1, START);
    var _ = ring.read();
    SigningKey added = fixture.added(2, START);
    fixture.clock.set(START.minus(Duration.ofDays(1)));

    assertThat(ring.find(added.id())).isPresent();
  }

  @Test
  void readsTheStoreOnceInAWhileHoweverManyUnknownKeysItIsAskedFor() {
    fixture.clock.advance(Duration.ofHours(1));

    for (int i = 0; i < 100; i++) {
      assertThat(ring.find("garbage" + i)).isEmpty();
    }
    assertThat(fixture.store.reads()).isOne();

    fixture.clock.advance(SigningKeyRing.REREAD_INTERVAL.minus(AN_INSTANT));
    assertThat(ring.find("garbage")).isEmpty();
    assertThat(fixture.store.reads()).isOne();

    fixture.clock.advance(AN_INSTANT);
    assertThat(ring.find("garbage")).isEmpty();
    assertThat(fixture.store.reads()).isEqualTo(2);
  }

  @Test
  void doesNotReadTheStoreForAKeyThatItKnows() {
    SigningKey first = fixture.added(1, START);
    var _ = ring.read();
    fixture.clock.advance(Duration.ofHours(1));
    int reads = fixture.store.reads();

    assertThat(ring.find(first.id())).isPresent();
    assertThat(fixture.store.reads()).isEqualTo(reads);
  }

  @Test
  void trustsNoKeyThatSomebodyWroteIntoTheStoreWithoutTheMasterKey() {
    SigningKey first = fixture.added(1, START);
    var _ = ring.read();
    SigningKey forged = fixture.added(new FakeSigningKeySeal(2), 2, START);
    fixture.clock.advance(SigningKeyRing.REREAD_INTERVAL);

    assertThat(ring.find(forged.id())).isEmpty();
    assertPublished(first);
    assertThat(currentKeyId()).isEqualTo(first.id());
  }

  @Test
  void saysOnceThatAKeyWhichIsNewDoesNotOpen() {
    fixture.added(new FakeSigningKeySeal(3), 1, START);
    var _ = ring.read();
    assertThat(fixture.events.all()).as("that is for the start to say").isEmpty();
    fixture.added(new FakeSigningKeySeal(2), 2, START);

    var _ = ring.read();
    var _ = ring.read();
    fixture.store.extendTokenLifetime(2, Duration.ofHours(1));
    var _ = ring.read();

    assertThat(fixture.events.all())
        .containsExactly(new SecurityEvent.SigningKeyUnusable(2, START));
  }

  /** Somebody who can write rows, but has no master key, copies one under another number. */
  @Test
  void takesNoRowForAKeyThatIsOpenUnderAnotherNumber() {
    SigningKey first = fixture.added(1, START);
    var _ = ring.read();
    var copy =
        new SigningKey(
            9,
            first.id(),
            first.algorithm(),
            first.createdAt(),
            first.signsFrom(),
            first.tokenLifetime(),
            false);
    SealedSigningKey row = fixture.store.all().getFirst();
    assertThat(
            fixture.store.add(
                new SealedSigningKey(
                    copy, row.publicKey(), row.sealedPrivateKey(), new MasterKeyId(2))))
        .isTrue();

    var _ = ring.read();

    assertPublished(first);
  }

  private String currentKeyId() {
    return ring.current().orElseThrow().id();
  }

  private void assertPublished(SigningKey... keys) {
    assertThat(ring.published())
        .extracting(VerificationKey::id)
        .containsExactly(Arrays.stream(keys).map(SigningKey::id).toArray(String[]::new));
    for (SigningKey key : keys) {
      assertThat(ring.find(key.id())).map(OpenedSigningKey::id).contains(key.id());
    }
  }
}
