package dev.latchkey.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.StorageUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

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

  /** What the machine thinks is the time has no part in it; here that is checked on the real thing. */
  @Test
  void asksTheRealDatabase() {
    assertThat(PostgresServer.bean(InstantSource.class)).isInstanceOf(DatabaseClock.class);
    assertThat(PostgresServer.bean(DatabaseClock.class).instant()).isAfter(START);
  }

  private Instant ask() {
    if (away) {
      throw new StorageUnavailableException(new IOException("connection refused"));
    }
    return database;
  }
}
