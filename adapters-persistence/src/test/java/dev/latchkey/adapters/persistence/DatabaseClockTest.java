package dev.latchkey.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.StorageUnavailableException;
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

class DatabaseClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Queue<Duration> roundTrips = new ArrayDeque<>();
  private Instant database = START;
  private long nanos = 42;
  private boolean away;
  private final DatabaseClock clock = new DatabaseClock(this::ask, () -> nanos);

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

  /** The answer is as old as the way back took, and half of the round trip is only a guess at that. */
  @Test
  void theFirstReadingIsAsGoodAsTheLaterOnes() {
    answersTake(Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofMillis(3));

    assertThat(new DatabaseClock(this::ask, () -> nanos).instant()).isEqualTo(database.plusMillis(1));
  }

  @Test
  void theFastestAnswerWinsIfAllAreSlow() {
    answersTake(Duration.ofSeconds(4), Duration.ofMillis(200), Duration.ofSeconds(6));
    roundTrips.addAll(Collections.nCopies(5, Duration.ofSeconds(2)));

    Instant time = new DatabaseClock(this::ask, () -> nanos).instant();

    assertThat(roundTrips).isEmpty();
    assertThat(Duration.between(database, time)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void aDatabaseThatIsAlwaysSlowIsNotAskedForEver() {
    roundTrips.addAll(Collections.nCopies(100, Duration.ofSeconds(1)));

    var _ = new DatabaseClock(this::ask, () -> nanos);

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

  /** What the machine thinks is the time has no part in it; here that is checked on the real thing. */
  @Test
  void asksTheRealDatabase() {
    assertThat(PostgresServer.bean(InstantSource.class)).isInstanceOf(DatabaseClock.class);
    assertThat(PostgresServer.bean(DatabaseClock.class).instant()).isAfter(START);
  }

  private void answersTake(Duration... durations) {
    roundTrips.addAll(List.of(durations));
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
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
