package dev.latchkey.application.service.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKeys.Occasion;
import dev.latchkey.application.port.in.key.RotateSigningKeys.Result;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeyFactory;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.domain.key.SigningKeyState;
import dev.latchkey.testkit.FakeSigningKeyFactory;
import dev.latchkey.testkit.FakeTrustedTime;
import dev.latchkey.testkit.InMemorySigningKeys;
import dev.latchkey.testkit.InMemoryStore;
import dev.latchkey.testkit.RecordedSecurityEvents;
import dev.latchkey.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RotateSigningKeysServiceTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final SigningKeyPolicy POLICY =
      new SigningKeyPolicy(
          SigningAlgorithm.ES256, Duration.ofDays(30), Duration.ofMinutes(5), LIFETIME);

  private final SettableClock clock = new SettableClock(START);
  private final RecordedSecurityEvents events = new RecordedSecurityEvents();
  private final SigningKeys signingKeys = new InMemorySigningKeys(new InMemoryStore());
  private final SigningKeyFactory factory = new FakeSigningKeyFactory();
  private final FakeTrustedTime time = new FakeTrustedTime(clock);
  private final RotateSigningKeys rotate =
      new RotateSigningKeysService(signingKeys, factory, POLICY, events, clock, time);

  @ParameterizedTest
  @EnumSource
  void makesTheFirstKeyWhichSignsAtOnce(Occasion occasion) {
    SigningKey first = added(execute(occasion));

    assertThat(first.number()).isEqualTo(1);
    assertThat(first.signsFrom()).isEqualTo(START);
    assertThat(signingKeys.all()).extracting(SealedSigningKey::key).containsExactly(first);
    assertThat(states()).containsExactly(SigningKeyState.ACTIVE);
  }

  @Test
  void addsAKeyWhenItIsDueAndNotBefore() {
    var _ = added(execute(Occasion.SCHEDULE));
    Instant due = START.plus(POLICY.rotationInterval()).minus(POLICY.publicationLead());

    clock.set(due.minusMillis(1));
    assertThat(execute(Occasion.SCHEDULE)).isEqualTo(new Result.NotDue());
    clock.set(due);
    SigningKey second = added(execute(Occasion.SCHEDULE));

    assertThat(second.signsFrom()).isEqualTo(START.plus(POLICY.rotationInterval()));
    assertThat(execute(Occasion.SCHEDULE)).isEqualTo(new Result.NotDue());
    assertThat(states()).containsExactly(SigningKeyState.ACTIVE, SigningKeyState.PENDING);
  }

  @Test
  void addsAKeyOnCommandUnlessOneIsPending() {
    var _ = added(execute(Occasion.COMMAND));
    SigningKey second = added(execute(Occasion.COMMAND));

    assertThat(execute(Occasion.COMMAND)).isEqualTo(new Result.AlreadyPending(second));
    clock.set(second.signsFrom());
    assertThat(added(execute(Occasion.COMMAND)).number()).isEqualTo(3);
    assertThat(states())
        .containsExactly(SigningKeyState.RETIRING, SigningKeyState.ACTIVE, SigningKeyState.PENDING);
  }

  @Test
  void goesByTheKeyOfANodeThatWasFaster() {
    var _ = added(execute(Occasion.SCHEDULE));
    var theirs = new ArrayList<SigningKey>();
    var slow =
        new RotateSigningKeysService(
            signingKeys,
            new FakeSigningKeyFactory(() -> theirs.add(added(execute(Occasion.COMMAND))), true),
            POLICY,
            events,
            clock,
            time);

    Result result = slow.execute(new RotateSigningKeys.Command(Occasion.COMMAND));

    assertThat(theirs).singleElement().satisfies(key -> assertThat(key.number()).isEqualTo(2));
    assertThat(result).isEqualTo(new Result.AlreadyPending(theirs.getFirst()));
    assertThat(signingKeys.all()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void usesTheFirstKeyOfANodeThatWasFaster(Occasion occasion) {
    var slow =
        new RotateSigningKeysService(
            signingKeys,
            new FakeSigningKeyFactory(() -> added(execute(Occasion.SCHEDULE)), true),
            POLICY,
            events,
            clock,
            time);

    assertThat(slow.execute(new RotateSigningKeys.Command(occasion)))
        .isEqualTo(new Result.NotDue());
    assertThat(states()).containsExactly(SigningKeyState.ACTIVE);
  }

  /**
   * What took over may have been written by somebody without the master key, or this node may lack
   * a new one.
   */
  @Test
  void erasesNothingIfTheKeyThatTookOverCannotBeUsedHere() {
    var _ = added(execute(Occasion.SCHEDULE));
    SigningKey second = added(execute(Occasion.COMMAND));
    clock.set(second.signsFrom().plus(LIFETIME).plus(SigningKeySchedule.RETIREMENT_MARGIN));
    var withoutTheMasterKey =
        new RotateSigningKeysService(
            signingKeys, new FakeSigningKeyFactory(() -> {}, false), POLICY, events, clock, time);

    assertThat(withoutTheMasterKey.execute(new RotateSigningKeys.Command(Occasion.SCHEDULE)))
        .isEqualTo(new Result.NotDue());

    assertThat(erased()).containsExactly(false, false);
  }

  @Test
  void erasesNothingIfOnlyTheKeyBeforeCanBeUsedHere() {
    SigningKey first = added(execute(Occasion.SCHEDULE));
    SigningKey second = added(execute(Occasion.COMMAND));
    clock.set(second.signsFrom().plus(LIFETIME).plus(SigningKeySchedule.RETIREMENT_MARGIN));
    var withTheMasterKeyBefore =
        new RotateSigningKeysService(
            signingKeys, new OpensOnly(first, factory), POLICY, events, clock, time);

    assertThat(withTheMasterKeyBefore.execute(new RotateSigningKeys.Command(Occasion.SCHEDULE)))
        .isEqualTo(new Result.NotDue());

    assertThat(erased()).containsExactly(false, false);
  }

  /** Of a node that has the master key of one signing key alone. */
  private record OpensOnly(SigningKey usable, SigningKeyFactory factory)
      implements SigningKeyFactory {

    @Override
    public SealedSigningKey create(NextSigningKey next) {
      return factory.create(next);
    }

    @Override
    public boolean opens(SealedSigningKey key) {
      return key.key().equals(usable);
    }
  }

  @Test
  void tellsOfEveryKeyThatIsAdded() {
    var _ = added(execute(Occasion.SCHEDULE));
    var _ = added(execute(Occasion.COMMAND));
    assertThat(execute(Occasion.COMMAND)).isInstanceOf(Result.AlreadyPending.class);

    assertThat(events.all())
        .extracting(SecurityEvent::type)
        .containsExactly(
            SecurityEvent.Type.SIGNING_KEY_ADDED, SecurityEvent.Type.SIGNING_KEY_ADDED);
  }

  @Test
  void erasesThePrivatePartOfAKeyWhenItIsRetiredAndNotBefore() {
    var _ = added(execute(Occasion.SCHEDULE));
    SigningKey second = added(execute(Occasion.COMMAND));
    Instant retired = second.signsFrom().plus(LIFETIME).plus(SigningKeySchedule.RETIREMENT_MARGIN);

    clock.set(retired.minusMillis(1));
    assertThat(execute(Occasion.SCHEDULE)).isEqualTo(new Result.NotDue());
    assertThat(erased()).containsExactly(false, false);

    clock.set(retired);
    assertThat(execute(Occasion.SCHEDULE)).isEqualTo(new Result.NotDue());
    assertThat(erased()).containsExactly(true, false);
    assertThat(states()).containsExactly(SigningKeyState.RETIRED, SigningKeyState.ACTIVE);
  }

  @Test
  void nothingIsErasedOrAddedOnScheduleWhileTheTimeCannotBeReliedOn() {
    var _ = added(execute(Occasion.SCHEDULE));
    var _ = added(execute(Occasion.COMMAND));
    time.distrust();
    clock.advance(Duration.ofDays(400));

    assertThat(execute(Occasion.SCHEDULE)).isEqualTo(new Result.NotDue());

    assertThat(erased()).containsExactly(false, false);
    time.trust();
    assertThat(added(execute(Occasion.SCHEDULE)).number()).isEqualTo(3);
    assertThat(erased()).containsExactly(true, false, false);
  }

  @ParameterizedTest
  @EnumSource
  void theVeryFirstKeyIsMadeWhateverTheTime(Occasion occasion) {
    time.distrust();

    assertThat(added(execute(occasion)).signsFrom()).isEqualTo(START);
  }

  @Test
  void whoeverCommandsANewKeyIsBelievedAboutTheTime() {
    var _ = added(execute(Occasion.SCHEDULE));
    time.distrust();

    assertThat(added(execute(Occasion.COMMAND)).number()).isEqualTo(2);
  }

  private Result execute(Occasion occasion) {
    return rotate.execute(new RotateSigningKeys.Command(occasion));
  }

  private static SigningKey added(Result result) {
    assertThat(result).isInstanceOf(Result.Added.class);
    return ((Result.Added) result).key();
  }

  private List<Boolean> erased() {
    return signingKeys.all().stream().map(row -> row.key().erased()).toList();
  }

  private List<SigningKeyState> states() {
    return new ListSigningKeysService(signingKeys, clock)
        .execute().stream().map(ListSigningKeys.Entry::state).toList();
  }
}
