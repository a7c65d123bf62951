package dev.latchkey.domain.key;

import static dev.latchkey.domain.key.SigningKeyState.ACTIVE;
import static dev.latchkey.domain.key.SigningKeyState.PENDING;
import static dev.latchkey.domain.key.SigningKeyState.RETIRED;
import static dev.latchkey.domain.key.SigningKeyState.RETIRING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SigningKeyScheduleTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofDays(30);
  private static final Duration LEAD = Duration.ofMinutes(11);
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final SigningKeyPolicy POLICY =
      new SigningKeyPolicy(SigningAlgorithm.ES256, INTERVAL, Duration.ofMinutes(5), LIFETIME);

  private final SigningKey first = key(1, Duration.ZERO);
  private final SigningKey second = key(2, INTERVAL);

  @Test
  void theFirstKeySignsAtOnce() {
    assertThat(schedule().nextOnSchedule(START, POLICY))
        .contains(new NextSigningKey(1, SigningAlgorithm.ES256, START, START, LIFETIME));
    assertThat(schedule().active(START)).isEmpty();
  }

  @Test
  void aKeyGoesThroughItsStates() {
    SigningKeySchedule schedule = schedule(first, second);
    Instant change = second.signsFrom();
    Instant end = change.plus(LIFETIME).plus(SigningKeySchedule.RETIREMENT_MARGIN);

    assertStates(schedule, change.minus(INSTANT), ACTIVE, PENDING);
    assertStates(schedule, change, RETIRING, ACTIVE);
    assertStates(schedule, end.minus(INSTANT), RETIRING, ACTIVE);
    assertStates(schedule, end, RETIRED, ACTIVE);
    assertThat(schedule.published(end.minus(INSTANT))).containsExactly(first, second);
    assertThat(schedule.published(end)).containsExactly(second);
  }

  @Test
  void aKeyWhoseTokensLiveLongerIsPublishedLonger() {
    SigningKey longer = first.withTokenLifetimeOfAtLeast(Duration.ofDays(1));
    Instant end =
        second.signsFrom().plus(Duration.ofDays(1)).plus(SigningKeySchedule.RETIREMENT_MARGIN);

    assertStates(schedule(longer, second), end.minus(INSTANT), RETIRING, ACTIVE);
    assertStates(schedule(longer, second), end, RETIRED, ACTIVE);
    assertThat(longer.withTokenLifetimeOfAtLeast(LIFETIME)).isEqualTo(longer);
  }

  @Test
  void theOrderOfTheKeysDoesNotMatter() {
    assertThat(schedule(second, first).keys()).containsExactly(first, second);
    assertThat(schedule(second, first).active(second.signsFrom())).contains(second);
  }

  @Test
  void theNextKeyIsDueSoEarlyThatItIsKnownWhenItsTimeComes() {
    Instant due = START.plus(INTERVAL).minus(LEAD);

    assertThat(schedule(first).nextOnSchedule(due.minus(INSTANT), POLICY)).isEmpty();
    assertThat(schedule(first).nextOnSchedule(due, POLICY))
        .contains(
            new NextSigningKey(2, SigningAlgorithm.ES256, due, START.plus(INTERVAL), LIFETIME));
  }

  @Test
  void aKeyThatIsOverdueIsStillPublishedFirst() {
    Instant late = START.plus(INTERVAL).plus(INTERVAL);

    assertThat(schedule(first).nextOnSchedule(late, POLICY))
        .contains(new NextSigningKey(2, SigningAlgorithm.ES256, late, late.plus(LEAD), LIFETIME));
  }

  @Test
  void onCommandTheNextKeySignsAsSoonAsItIsKnown() {
    Instant now = START.plus(INSTANT);

    assertThat(schedule(first).nextOnCommand(now, POLICY))
        .contains(new NextSigningKey(2, SigningAlgorithm.ES256, now, now.plus(LEAD), LIFETIME));
  }

  @Test
  void anotherAlgorithmIsARotationAtOnce() {
    Instant now = START.plus(INSTANT);
    var policy =
        new SigningKeyPolicy(SigningAlgorithm.EDDSA, INTERVAL, Duration.ofMinutes(5), LIFETIME);

    assertThat(schedule(first).nextOnSchedule(now, policy))
        .contains(new NextSigningKey(2, SigningAlgorithm.EDDSA, now, now.plus(LEAD), LIFETIME));
  }

  @Test
  void noOtherKeyIsDueWhileOneIsPending() {
    Instant pending = second.signsFrom().minus(INSTANT);
    var policy =
        new SigningKeyPolicy(SigningAlgorithm.EDDSA, LEAD, Duration.ofMinutes(5), LIFETIME);

    assertThat(schedule(first, second).nextOnSchedule(pending, policy)).isEmpty();
    assertThat(schedule(first, second).nextOnCommand(pending, policy)).isEmpty();
    assertThat(schedule(first, second).nextOnCommand(second.signsFrom(), policy)).isPresent();
  }

  @Test
  void ifTheTimeIsSetBackTheOldestKeySigns() {
    Instant before = START.minus(Duration.ofDays(1));

    assertStates(schedule(first, second), before, ACTIVE, PENDING);
    assertStates(schedule(erased(first), second), before, RETIRED, ACTIVE);
    assertThat(schedule(first).nextOnCommand(before, POLICY))
        .hasValueSatisfying(next -> assertThat(next.signsFrom()).isAfter(first.signsFrom()));
  }

  @Test
  void anErasedKeyIsRetiredWhateverTheTime() {
    SigningKeySchedule schedule = schedule(erased(first), second);

    assertStates(schedule, second.signsFrom().minus(INSTANT), RETIRED, ACTIVE);
    assertStates(schedule, second.signsFrom(), RETIRED, ACTIVE);
    assertThat(schedule.published(START)).containsExactly(second);
  }

  /** Somebody took a leaked key away: nobody can be warned, and the others wait for a key. */
  @Test
  void ifAllKeysAreErasedTheNextSignsAtOnceAndTakesNoOldNumber() {
    Instant now = START.plusSeconds(1);

    assertThat(schedule(erased(first), erased(second)).nextOnSchedule(now, POLICY))
        .contains(new NextSigningKey(3, SigningAlgorithm.ES256, now, now, LIFETIME));
    assertThat(schedule(erased(first), erased(second)).active(now)).isEmpty();
  }

  @Test
  void ifTheActiveKeyIsErasedTheOneBeforeSignsAgainUntilTheNextDoes() {
    SigningKey third = key(3, INTERVAL.plus(INTERVAL));
    SigningKeySchedule schedule = schedule(first, erased(second), third);

    assertStates(schedule, second.signsFrom(), ACTIVE, RETIRED, PENDING);
    assertStates(schedule, third.signsFrom(), RETIRING, RETIRED, ACTIVE);
  }

  private static void assertStates(
      SigningKeySchedule schedule, Instant now, SigningKeyState... states) {
    assertThat(schedule.keys())
        .extracting(key -> schedule.stateOf(key, now))
        .containsExactly(states);
  }

  private static SigningKeySchedule schedule(SigningKey... keys) {
    return new SigningKeySchedule(Arrays.asList(keys));
  }

  private static SigningKey key(int number, Duration signsAfter) {
    Instant signsFrom = START.plus(signsAfter);
    Instant createdAt = number == 1 ? START : signsFrom.minus(LEAD);
    return new NextSigningKey(number, SigningAlgorithm.ES256, createdAt, signsFrom, LIFETIME)
        .made("kid-" + number);
  }

  private static SigningKey erased(SigningKey key) {
    return new SigningKey(
        key.number(),
        key.id(),
        key.algorithm(),
        key.createdAt(),
        key.signsFrom(),
        key.tokenLifetime(),
        true);
  }

  /** Operators plan with it, and docs/keys.md says it. */
  @Test
  void aKeyIsPublishedForTwoMinutesAfterItsLastTokenExpired() {
    assertThat(SigningKeySchedule.RETIREMENT_MARGIN).isEqualTo(Duration.ofMinutes(2));
  }
}
