package dev.latchkey.adapters.web.http;

import dev.latchkey.application.port.out.TrustedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The time of a node under test: the real one, so that foreign validators agree, plus what a test
 * adds; or one that stands still.
 */
public final class AdjustableClock implements InstantSource, TrustedTime {

  /** The setting that makes it stand still from the start, at that instant. */
  public static final String STARTS_AT = "test.time";

  private final AtomicReference<InstantSource> time = new AtomicReference<>(InstantSource.system());

  /**
   * @param startsAt the setting; the real time if there is none
   */
  public AdjustableClock(@Nullable Instant startsAt) {
    if (startsAt != null) {
      stopAt(startsAt);
    }
  }

  @Override
  public Instant instant() {
    return time.get().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** What a test sets is as it wants it. */
  @Override
  public Optional<Instant> now() {
    return Optional.of(instant());
  }

  public void advance(Duration duration) {
    time.updateAndGet(before -> () -> before.instant().plus(duration));
  }

  /** Stands still from now on, until it is advanced or reset. */
  public void stopAt(Instant instant) {
    time.set(InstantSource.fixed(instant));
  }

  public void reset() {
    time.set(InstantSource.system());
  }
}
