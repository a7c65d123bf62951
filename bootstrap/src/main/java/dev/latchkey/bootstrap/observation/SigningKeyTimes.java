package dev.latchkey.bootstrap.observation;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Since when the key that signs does so, and when another takes over, for metrics and health. They
 * are known from the latest look; how long that is, is reckoned when somebody asks.
 */
@Singleton
public final class SigningKeyTimes {

  private final InstantSource clock;
  private volatile @Nullable Times latest;

  /** Both instants go together. */
  private record Times(Instant since, Instant until) {}

  SigningKeyTimes(InstantSource clock, MeterRegistry registry) {
    this.clock = clock;
    var _ =
        registry.gauge(
            "latchkey.signing.key.age.seconds", this, times -> secondsOrNone(times.age()));
    var _ =
        registry.gauge(
            "latchkey.signing.key.rotation.seconds", this, times -> secondsOrNone(times.rest()));
  }

  /**
   * @param since when the key that signs took over
   * @param until when the next one does, or should
   */
  public void seen(Instant since, Instant until) {
    latest = new Times(since, until);
  }

  public void seenNone() {
    latest = null;
  }

  /** How long the key has signed; nothing if none signs. */
  Optional<Duration> age() {
    return Optional.ofNullable(latest).map(times -> Duration.between(times.since, clock.instant()));
  }

  /** How long it still signs; negative if its successor is overdue. */
  Optional<Duration> rest() {
    return Optional.ofNullable(latest).map(times -> Duration.between(clock.instant(), times.until));
  }

  private static double secondsOrNone(Optional<Duration> duration) {
    return duration.map(Duration::toSeconds).map(Long::doubleValue).orElse(Double.NaN);
  }
}
