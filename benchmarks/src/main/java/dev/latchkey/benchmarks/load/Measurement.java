package dev.latchkey.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What a run has shown.
 *
 * @param waits from request to answer, in nanoseconds
 */
public record Measurement(Histogram waits, Duration time) {

  /** To so many digits a wait is kept. */
  static final int DIGITS = 3;

  public long count() {
    return waits.getTotalCount();
  }

  public double perSecond() {
    return count() / (time.toNanos() / 1e9);
  }

  /** In milliseconds. */
  public double percentile(double percent) {
    return waits.getValueAtPercentile(percent) / 1e6;
  }
}
