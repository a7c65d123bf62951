package dev.latchkey.application.service.key;

import static dev.latchkey.application.service.key.KeyFixture.LIFETIME;
import static dev.latchkey.application.service.key.KeyFixture.POLICY;
import static dev.latchkey.application.service.key.KeyFixture.START;
import static dev.latchkey.application.service.key.KeyFixture.policy;
import static dev.latchkey.application.service.key.KeyFixture.retirementBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.key.MaintainSigningKeys.Result;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.service.key.KeyFixture.Node;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyState;
import dev.latchkey.testkit.FakeSigningKeySeal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MaintainSigningKeysServiceTest {

  private static final Duration AN_INSTANT = Duration.ofMillis(1);

  private final KeyFixture fixture = new KeyFixture();
  private final Node node = fixture.node(1);

  @Test
  void makesTheFirstKeyWhichSignsAtOnce() {
    SigningKey first = added(node.maintain.execute());

    assertThat(first.number()).isEqualTo(1);
    assertThat(first.signsFrom()).isEqualTo(START);
    assertThat(fixture.keys()).containsExactly(first);
    assertThat(node.currentKeyId()).isEqualTo(first.id());
  }

  @Test
  void addsAKeyWhenItIsDueAndNotBefore() {
    var _ = added(node.maintain.execute());
    Instant due = START.plus(POLICY.rotationInterval()).minus(POLICY.publicationLead());

    fixture.clock.set(due.minus(AN_INSTANT));
    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());
    fixture.clock.set(due);
    SigningKey second = added(node.maintain.execute());

    assertThat(second.signsFrom()).isEqualTo(START.plus(POLICY.rotationInterval()));
    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());
    assertThat(fixture.states()).containsExactly(SigningKeyState.ACTIVE, SigningKeyState.PENDING);
  }

  @Test
  void announcesAKeyThatIsAddedAndNothingElse() {
    var _ = added(node.maintain.execute());
    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());

    assertThat(fixture.events.all())
        .containsExactly(new SecurityEvent.SigningKeyAdded(Optional.empty(), 1, START));
  }

  @Test
  void goesByTheFirstKeyOfANodeThatWasFaster() {
    Node faster = fixture.node(1);
    node.seal.beforeNext(() -> added(faster.maintain.execute()));

    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());

    assertThat(fixture.keys()).hasSize(1);
    assertThat(node.currentKeyId()).isEqualTo(faster.currentKeyId());
  }

  @Test
  void readsTheStoreOnceIfNothingIsDue() {
    var _ = added(node.maintain.execute());
    int reads = fixture.store.reads();

    for (int check = 1; check <= 10; check++) {
      assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());
      assertThat(fixture.store.reads()).isEqualTo(reads + check);
    }
  }

  @Test
  void decryptsNoKeyThatWasOpenBefore() {
    fixture.added(1, START);
    fixture.added(2, START.plusSeconds(1));

    for (int check = 0; check < 10; check++) {
      assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());
    }

    assertThat(node.seal.opened()).isEqualTo(2);
  }

  /** The next check of each node finds what the others have added. */
  @Test
  void readsWhatAnotherNodeHasAdded() {
    var _ = added(node.maintain.execute());
    SigningKey second = fixture.added(2, START.plusSeconds(60));

    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());

    assertThat(node.ring.find(second.id())).map(OpenedSigningKey::id).contains(second.id());
    fixture.clock.advance(Duration.ofSeconds(60));
    assertThat(node.currentKeyId()).isEqualTo(second.id());
  }

  @Test
  void erasesThePrivatePartOfAKeyWhenItIsRetiredAndNotBefore() {
    fixture.added(1, START);
    SigningKey second = fixture.added(2, START.plusSeconds(60));

    fixture.clock.set(retirementBy(second).minus(AN_INSTANT));
    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());
    assertThat(fixture.keys()).extracting(SigningKey::erased).containsExactly(false, false);

    fixture.clock.set(retirementBy(second));
    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());
    assertThat(fixture.keys()).extracting(SigningKey::erased).containsExactly(true, false);
    assertThat(fixture.states()).containsExactly(SigningKeyState.RETIRED, SigningKeyState.ACTIVE);
  }

  @Test
  void erasesAKeyOnce() {
    fixture.added(1, START);
    SigningKey second = fixture.added(2, START.plusSeconds(60));
    fixture.clock.set(retirementBy(second));

    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());
    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());

    assertThat(fixture.store.erasures()).isOne();
  }

  /**
   * What took over may have been written by somebody without the master key, or this node may lack
   * a new one.
   */
  @Test
  void erasesNothingIfTheKeyThatTookOverDoesNotOpenHere() {
    fixture.added(1, START);
    SigningKey second = fixture.added(new FakeSigningKeySeal(2), 2, START.plusSeconds(60));
    fixture.clock.set(retirementBy(second));

    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());

    assertThat(fixture.keys()).extracting(SigningKey::erased).containsExactly(false, false);
  }

  @Test
  void nothingIsErasedOrAddedWhileTheTimeCannotBeReliedOn() {
    fixture.added(1, START);
    fixture.added(2, START.plusSeconds(60));
    fixture.time.distrust();
    fixture.clock.advance(Duration.ofDays(400));

    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());
    assertThat(fixture.keys()).extracting(SigningKey::erased).containsExactly(false, false);

    fixture.time.trust();
    assertThat(added(node.maintain.execute()).number()).isEqualTo(3);
    assertThat(fixture.keys()).extracting(SigningKey::erased).containsExactly(true, false, false);
  }

  @Test
  void theVeryFirstKeyIsMadeWhateverTheTime() {
    fixture.time.distrust();

    assertThat(added(node.maintain.execute()).signsFrom()).isEqualTo(START);
  }

  @Test
  void tellsTheStoreHowLongItsTokensLive() {
    fixture.added(1, START);
    fixture.added(2, START.plusSeconds(3600));
    Node lasting = fixture.new Node(new FakeSigningKeySeal(1), policy(Duration.ofHours(1)));

    assertThat(lasting.maintain.execute()).isEqualTo(new Result.NoneAdded());
    assertThat(node.maintain.execute()).isEqualTo(new Result.NoneAdded());

    assertThat(fixture.keys())
        .extracting(SigningKey::tokenLifetime)
        .containsOnly(Duration.ofHours(1));
  }

  @Test
  void publishesAKeyForAsLongAsItsOwnTokensLive() {
    SigningKey first = fixture.added(1, START);
    SigningKey second = fixture.added(2, START.plusSeconds(60));
    Duration longer = LIFETIME.plusHours(1);
    Node lasting = fixture.new Node(new FakeSigningKeySeal(1), policy(longer));
    assertThat(lasting.maintain.execute()).isEqualTo(new Result.NoneAdded());

    fixture.clock.set(retirementBy(second).plusSeconds(3600).minus(AN_INSTANT));

    assertThat(lasting.ring.find(first.id())).isPresent();
    fixture.clock.advance(AN_INSTANT);
    assertThat(lasting.ring.find(first.id())).isEmpty();
  }

  @Test
  void doesNotBringARetiredKeyBackForItsTokens() {
    fixture.added(1, START.minus(Duration.ofDays(1)));
    fixture.added(2, START.minus(Duration.ofHours(1)));
    fixture.time.distrust();
    Node lasting = fixture.new Node(new FakeSigningKeySeal(1), policy(Duration.ofDays(1)));

    assertThat(lasting.maintain.execute()).isEqualTo(new Result.NoneAdded());

    assertThat(fixture.keys())
        .extracting(SigningKey::tokenLifetime)
        .containsExactly(LIFETIME, Duration.ofDays(1));
    assertThat(lasting.ring.published()).hasSize(1);
  }

  private static SigningKey added(Result result) {
    assertThat(result).isInstanceOf(Result.Added.class);
    return ((Result.Added) result).key();
  }
}
