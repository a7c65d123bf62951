package dev.latchkey.bootstrap.http;

import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The time of the service under test: the real one, so that foreign validators agree, plus what a test adds. */
@Singleton
@Replaces(InstantSource.class)
final class AdjustableClock implements InstantSource {

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get()).truncatedTo(ChronoUnit.MILLIS);
  }

  void advance(Duration duration) {
    ahead.updateAndGet(before -> before.plus(duration));
  }

  void reset() {
    ahead.set(Duration.ZERO);
  }
}
