package dev.latchkey.application.service.key;

import static dev.latchkey.application.service.key.KeyFixture.POLICY;
import static dev.latchkey.application.service.key.KeyFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.application.port.in.key.RotateSigningKey.Result;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.service.key.KeyFixture.Node;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyState;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.testkit.FakeSigningKeySeal;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RotateSigningKeyServiceTest {

  private static final Actor OPERATOR = new Actor.Operator();

  private final KeyFixture fixture = new KeyFixture();
  private final Node node = fixture.node(1);

  @Test
  void makesTheFirstKeyWhichSignsAtOnce() {
    assertThat(added(rotate(node)).signsFrom()).isEqualTo(START);
    assertThat(fixture.states()).containsExactly(SigningKeyState.ACTIVE);
  }

  @Test
  void addsAKeyThatSignsWhenEverybodyCanKnowItUnlessOneIsPending() {
    fixture.added(1, START);

    SigningKey second = added(rotate(node));

    assertThat(second.number()).isEqualTo(2);
    assertThat(second.signsFrom()).isEqualTo(START.plus(POLICY.publicationLead()));
    assertThat(rotate(node)).isEqualTo(new Result.AlreadyPending(second));
    fixture.clock.set(second.signsFrom());
    assertThat(added(rotate(node)).number()).isEqualTo(3);
    assertThat(fixture.states())
        .containsExactly(SigningKeyState.RETIRING, SigningKeyState.ACTIVE, SigningKeyState.PENDING);
  }

  @Test
  void publishesTheKeyAtOnce() {
    fixture.added(1, START);

    SigningKey second = added(rotate(node));

    assertThat(node.ring.find(second.id())).map(OpenedSigningKey::id).contains(second.id());
  }

  @Test
  void announcesWhoAsked() {
    var admin = new Actor.Administrator(new UserId(new UUID(0, 7)), new Device("192.0.2.9", null));

    var _ = added(node.rotate.execute(new RotateSigningKey.Command(admin)));
    var _ = added(rotate(node));
    assertThat(rotate(node)).isInstanceOf(Result.AlreadyPending.class);

    assertThat(fixture.events.all())
        .containsExactly(
            new SecurityEvent.SigningKeyAdded(Optional.of(admin), 1, START),
            new SecurityEvent.SigningKeyAdded(Optional.of(OPERATOR), 2, START));
  }

  @Test
  void goesByTheKeyOfAProcessThatWasFaster() {
    fixture.added(1, START);
    Node faster = fixture.node(1);
    node.seal.beforeNext(() -> added(rotate(faster)));

    assertThat(rotate(node)).isEqualTo(new Result.AlreadyPending(fixture.keys().getLast()));

    assertThat(fixture.keys()).hasSize(2);
  }

  @Test
  void saysIfAnotherProcessMadeTheVeryFirstKeyJustNow() {
    Node faster = fixture.node(1);
    node.seal.beforeNext(() -> added(rotate(faster)));

    assertThat(rotate(node)).isEqualTo(new Result.Overtaken());
  }

  @Test
  void isTrustedAboutTheTime() {
    fixture.added(1, START);
    fixture.time.distrust();

    assertThat(added(rotate(node)).number()).isEqualTo(2);
  }

  /** The new key would be sealed under a master key that the other nodes do not have. */
  @Test
  void addsNoKeyWithMasterKeysThatAreNotTheInstallations() {
    fixture.added(new FakeSigningKeySeal(2), 1, START);

    assertThat(rotate(node)).isEqualTo(new Result.WrongMasterKey(1, new MasterKeyId(2)));

    assertThat(fixture.keys()).hasSize(1);
  }

  private static Result rotate(Node node) {
    return node.rotate.execute(new RotateSigningKey.Command(OPERATOR));
  }

  private static SigningKey added(Result result) {
    assertThat(result).isInstanceOf(Result.Added.class);
    return ((Result.Added) result).key();
  }
}
