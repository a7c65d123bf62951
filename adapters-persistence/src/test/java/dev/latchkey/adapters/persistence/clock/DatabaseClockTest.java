package dev.latchkey.adapters.persistence.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.application.port.StorageUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  private final Queue<Duration> roundTrips = new ArrayDeque<>();
  private Instant database = START;
  private Instant machine = START;
  private long nanos = 42;
  private boolean away;
  private final DatabaseClock clock = startClock();

  @Test
  void tellsTheTimeOfTheDatabase() {
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void countsOnBetweenTwoReadings() {
    nanos += Duration.ofSeconds(3).toNanos() + 999_999;

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void followsTheDatabaseWhenItAsksAgain() {
    nanos += Duration.ofSeconds(10).toNanos();
    database = START.plusSeconds(11);

    clock.synchronise();

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(11));
  }

  @Test
  void goesOnWhileTheDatabaseIsAway() {
    away = true;
    nanos += Duration.ofSeconds(20).toNanos();

    clock.synchronise();

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(20));
  }

  /**
   * The answer is as old as the way back took, and half of the round trip is only a guess at that.
   */
  @Test
  void theFirstReadingIsAsGoodAsTheLaterOnes() {
    answersTake(Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofMillis(3));

    assertThat(startClock().instant()).isEqualTo(database.plusMillis(1));
  }

  @Test
  void theFastestAnswerWinsIfAllAreSlow() {
    answersTake(Duration.ofSeconds(4), Duration.ofMillis(200), Duration.ofSeconds(6));
    roundTrips.addAll(Collections.nCopies(5, Duration.ofSeconds(2)));

    Instant time = startClock().instant();

    assertThat(roundTrips).isEmpty();
    assertThat(Duration.between(database, time)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void aDatabaseThatIsAlwaysSlowIsNotAskedForEver() {
    roundTrips.addAll(Collections.nCopies(100, Duration.ofSeconds(1)));

    var _ = startClock();

    assertThat(roundTrips).hasSizeGreaterThan(80);
  }

  @Test
  void aSlowReadingDoesNotReplaceAGoodOne() {
    pass(Duration.ofSeconds(10));
    roundTrips.addAll(Collections.nCopies(100, Duration.ofSeconds(4)));

    clock.synchronise();

    assertThat(clock.instant()).isEqualTo(database);
  }

  @Test
  void aSlowReadingReplacesAGoodOneThatCannotBeRightAnyMore() {
    pass(Duration.ofSeconds(10));
    database = database.plus(Duration.ofHours(1));
    roundTrips.addAll(Collections.nCopies(100, Duration.ofSeconds(4)));

    clock.synchronise();

    assertThat(clock.instant()).isEqualTo(database.plusSeconds(2));
  }

  /** Clocks drift apart. */
  @Test
  void aSlowReadingReplacesAGoodOneThatIsOld() {
    pass(Duration.ofHours(2));
    database = database.plusSeconds(1);
    roundTrips.addAll(Collections.nCopies(100, Duration.ofSeconds(4)));

    clock.synchronise();

    assertThat(clock.instant()).isEqualTo(database.plusSeconds(2));
  }

  /**
   * What the machine thinks is the time has no part in it; here that is checked on the real thing.
   */
  @Test
  void asksTheRealDatabase() {
    assertThat(PostgresServer.bean(InstantSource.class)).isInstanceOf(DatabaseClock.class);
    assertThat(PostgresServer.bean(DatabaseClock.class).instant()).isAfter(START);
  }

  @Test
  void theTimeIsReliedOnFromTheStartIfBothClocksAgree() {
    assertThat(clock.now()).contains(START);
  }

  @ParameterizedTest
  @ValueSource(longs = {-400 * DAY, -HOUR - 1, HOUR + 1, 400 * DAY})
  void theTimeIsNotReliedOnWhileTheClocksDifferByMoreThanAnHour(long seconds) {
    database = START.plusSeconds(seconds);

    assertThat(startClock().now()).isEmpty();
    assertThat(startClock().difference()).isEqualTo(Duration.ofSeconds(seconds));
    assertThat(startClock().instant()).isEqualTo(database);
  }

  @ParameterizedTest
  @ValueSource(longs = {-HOUR, HOUR})
  void anHourIsTolerated(long seconds) {
    database = START.plusSeconds(seconds);

    assertThat(startClock().now()).contains(database);
  }

  @Test
  void aMachineWhoseOwnClockIsWrongReliesOnTheTimeWhenItIsPutRight() {
    machine = START.plusSeconds(400 * DAY);
    assertThat(clock.now()).isEmpty();

    machine = START;
    assertThat(clock.now()).contains(START);
  }

  @Test
  void aStepThatNobodyReadDoesNoHarm() {
    set(Duration.ofDays(400));
    assertThat(clock.now()).contains(machine);
    pass(Duration.ofSeconds(5));
    set(Duration.ofDays(-400));
    clock.synchronise();

    assertThat(clock.now()).contains(database);
  }

  @Test
  void aStepIsNotReliedOnFromTheReadingThatSeesItUntilAnHourAfterItsEnd() {
    set(Duration.ofDays(400));
    assertThat(clock.now()).contains(machine);
    clock.synchronise();
    assertThat(clock.now()).isEmpty();

    pass(Duration.ofMinutes(1));
    set(Duration.ofDays(-400));
    clock.synchronise();
    assertThat(clock.now()).isEmpty();

    pass(Duration.ofHours(1).minusMillis(1));
    assertThat(clock.now()).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(clock.now()).contains(database);
  }

  @ParameterizedTest
  @ValueSource(longs = {-61, 61, -HOUR / 2, HOUR / 2})
  void aSmallStepIsNotReliedOnForAnHourEither(long seconds) {
    set(Duration.ofSeconds(seconds));
    clock.synchronise();
    assertThat(clock.now()).isEmpty();

    for (int minute = 0; minute < 59; minute++) {
      pass(Duration.ofMinutes(1));
      clock.synchronise();
      assertThat(clock.now()).isEmpty();
    }
    pass(Duration.ofMinutes(1));
    assertThat(clock.now()).contains(database);
  }

  @Test
  void anotherStepBeginsTheHourAgain() {
    set(Duration.ofMinutes(2));
    clock.synchronise();
    pass(Duration.ofMinutes(59));
    set(Duration.ofMinutes(-2));
    clock.synchronise();

    pass(Duration.ofMinutes(59));
    assertThat(clock.now()).isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(clock.now()).contains(database);
  }

  /** The hour is one of the counter: a clock that was set does not bring it nearer. */
  @Test
  void aStepForwardsDoesNotEndTheHourOfAnother() {
    set(Duration.ofMinutes(-2));
    clock.synchronise();
    set(Duration.ofMinutes(59));
    clock.synchronise();

    assertThat(clock.now()).isEmpty();
  }

  @Test
  void clocksThatDriftAreReliedOn() {
    for (int hour = 0; hour < 100; hour++) {
      pass(Duration.ofHours(1));
      database = database.plusSeconds(1);
      clock.synchronise();
      assertThat(clock.now()).contains(database);
    }
  }

  @Test
  void theMinuteIsTolerated() {
    set(Duration.ofMinutes(1));
    clock.synchronise();

    assertThat(clock.now()).contains(database);
  }

  private DatabaseClock startClock() {
    return new DatabaseClock(this::ask, () -> machine, () -> nanos);
  }

  private void set(Duration step) {
    database = database.plus(step);
  }

  private void answersTake(Duration... durations) {
    roundTrips.addAll(List.of(durations));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    machine = machine.plus(time);
    database = database.plus(time);
  }

  /** All of a round trip is the way there, which is as far from the middle as can be. */
  private Instant ask() {
    if (away) {
      throw new StorageUnavailableException(new IOException("connection refused"));
    }
    pass(Objects.requireNonNullElse(roundTrips.poll(), Duration.ZERO));
    return database;
  }
}
