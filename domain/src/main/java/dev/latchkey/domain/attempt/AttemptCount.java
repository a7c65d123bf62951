package dev.latchkey.domain.attempt;

import java.time.Instant;

/**
 * How often something was tried.
 *
 * @param count at least 1
 * @param lastAt when it was tried last
 */
public record AttemptCount(int count, Instant lastAt) {

  public AttemptCount {
    if (count < 1) {
      throw new IllegalArgumentException("whatever was never tried has no count");
    }
  }
}
