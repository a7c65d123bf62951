package dev.latchkey.domain.attempt;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often something may be tried: so many times freely, and then with delays that double.
 *
 * @param free attempts that no delay follows
 * @param firstDelay after the first attempt beyond those; each further one doubles it
 * @param longestDelay where the doubling ends
 * @param recovery one attempt is forgotten whenever this has passed; null: none ever is
 */
public record AttemptLimit(
    int free, Duration firstDelay, Duration longestDelay, @Nullable Duration recovery) {

  /** Counts stay below: what matters is decided long before. */
  private static final int HIGHEST_COUNT = 1_000_000;

  private static final int MOST_DOUBLINGS = 30;

  /** Counts, and delays nothing. */
  public static final AttemptLimit NONE =
      new AttemptLimit(HIGHEST_COUNT - 1, Duration.ofSeconds(1), Duration.ofSeconds(1), null);

  /**
   * @throws IllegalArgumentException if nothing could ever be tried, or nothing delayed
   */
  public AttemptLimit {
    if (free < 1 || free >= HIGHEST_COUNT) {
      throw new IllegalArgumentException("from 1 to 999999 attempts must be free");
    }
    if (!firstDelay.isPositive() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "the first delay must be positive, and the longest not below it");
    }
    if (recovery != null && !recovery.isPositive()) {
      throw new IllegalArgumentException(
          "the time in which an attempt is forgotten must be positive");
    }
  }

  /** How long from now until it may be tried again; zero if it may be tried now. */
  public Duration delay(Optional<AttemptCount> tried, Instant now) {
    return tried
        .map(count -> delayAfter(count.count()).minus(elapsed(count, now)))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  /** The count with one attempt more. */
  public AttemptCount next(Optional<AttemptCount> tried, Instant now) {
    int remembered = tried.map(count -> remembered(count, now)).orElse(0);
    return new AttemptCount(Math.min(remembered + 1, HIGHEST_COUNT - 1), now);
  }

  private Duration delayAfter(int count) {
    if (count <= free) {
      return Duration.ZERO;
    }
    Duration delay = firstDelay.multipliedBy(1L << Math.min(count - free - 1, MOST_DOUBLINGS));
    return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
  }

  private int remembered(AttemptCount count, Instant now) {
    return recovery == null
        ? count.count()
        : (int) Math.max(0, count.count() - elapsed(count, now).dividedBy(recovery));
  }

  /** Nothing, if the clock was set back since. */
  private static Duration elapsed(AttemptCount count, Instant now) {
    return now.isAfter(count.lastAt()) ? Duration.between(count.lastAt(), now) : Duration.ZERO;
  }
}
