package dev.latchkey.application.service.key;

import static dev.latchkey.application.service.key.KeyFixture.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.WrongMasterKeyException;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.service.key.KeyFixture.Node;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.testkit.FakeSigningKeySeal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PrepareSigningKeysServiceTest {

  private final KeyFixture fixture = new KeyFixture();

  @Test
  void makesTheFirstKey() {
    Node node = fixture.node(1);

    node.prepare.execute();

    assertThat(node.currentKeyId()).isEqualTo(fixture.keys().getFirst().id());
  }

  @Test
  void findsTheSameKeysAfterARestart() {
    fixture.added(1, START);
    fixture.added(2, START.plusSeconds(1));

    assertThat(preparedKeys(1)).hasSize(2).isEqualTo(preparedKeys(1));
    assertThat(fixture.keys()).hasSize(2);
  }

  @Test
  void sealsTheKeysUnderTheCurrentMasterKeySoThatTheOldOneCanGo() {
    fixture.added(1, START);
    fixture.added(2, START.plusSeconds(3600));
    List<VerificationKey> keys = preparedKeys(1);

    assertThat(preparedKeys(2, 1)).isEqualTo(keys);

    assertThat(fixture.store.all())
        .extracting(SealedSigningKey::masterKeyId)
        .containsOnly(new MasterKeyId(2));
    assertThat(preparedKeys(2)).isEqualTo(keys);
    assertWrongMasterKey(fixture.node(1), 1, 2);
  }

  /** Nodes whose current master keys differ would else write for ever. */
  @Test
  void sealsNothingAnewWhileANodeRuns() {
    fixture.added(1, START);
    Node changed = fixture.node(2, 1);
    changed.prepare.execute();
    fixture.node(1, 2).prepare.execute();

    var _ = changed.maintain.execute();

    assertThat(fixture.store.all())
        .extracting(SealedSigningKey::masterKeyId)
        .containsExactly(new MasterKeyId(1));
  }

  @Test
  void aNodeGoesOnWhenAnotherSealsTheKeysUnderAMasterKeyThatItDoesNotHave() {
    SigningKey first = fixture.added(1, START);
    Node node = fixture.node(1);
    node.prepare.execute();
    fixture.node(2, 1).prepare.execute();

    var _ = node.maintain.execute();

    assertThat(node.currentKeyId()).isEqualTo(first.id());
    assertThat(node.ring.published()).hasSize(1);
  }

  /**
   * Two that start together on an empty store, each with a master key of its own: one of them must
   * not go on.
   */
  @Test
  void refusesToGoOnIfAnotherNodeWasFasterWithAnotherMasterKey() {
    Node node = fixture.node(1);
    node.seal.beforeNext(() -> fixture.node(2).prepare.execute());

    assertWrongMasterKey(node, 1, 2);
  }

  /** Not even a key that is due: nobody else could open it. */
  @Test
  void changesNothingIfTheKeysDoNotOpen() {
    fixture.added(new FakeSigningKeySeal(2), 1, START.minus(Duration.ofDays(400)));

    assertWrongMasterKey(fixture.node(1), 1, 2);

    assertThat(fixture.keys()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void refusesToGoOnIfAnyKeyButARetiredOneDoesNotOpen(OtherKey other) {
    fixture.added(1, START.minus(Duration.ofDays(2)));
    fixture.added(new FakeSigningKeySeal(2), 2, START.plus(other.signsAfter));
    fixture.added(3, START.plus(other.successorSignsAfter));
    Node node = fixture.node(1);

    if (other == OtherKey.RETIRED) {
      assertThatCode(node.prepare::execute).doesNotThrowAnyException();
      assertThat(node.ring.published()).hasSize(1);
    } else {
      assertWrongMasterKey(node, 2, 2);
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

  private List<VerificationKey> preparedKeys(int... masterKeys) {
    Node node = fixture.node(masterKeys);
    node.prepare.execute();
    return node.ring.published();
  }

  private static void assertWrongMasterKey(Node node, int number, int sealedUnder) {
    assertThatExceptionOfType(WrongMasterKeyException.class)
        .isThrownBy(node.prepare::execute)
        .satisfies(
            e -> {
              assertThat(e.number()).isEqualTo(number);
              assertThat(e.sealedUnder()).isEqualTo(new MasterKeyId(sealedUnder));
            });
  }
}
