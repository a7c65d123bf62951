package dev.latchkey.adapters.web.overload;

import java.time.Duration;

/**
 * How many requests are worked on.
 *
 * @param concurrency at a time
 * @param maxWait how long others wait for their turn; whoever would wait longer is refused
 */
public record RequestLimits(int concurrency, Duration maxWait) {

  /**
   * @throws IllegalArgumentException if there is no room, or the wait is negative
   */
  public RequestLimits {
    if (concurrency < 1 || maxWait.isNegative()) {
      throw new IllegalArgumentException(
          "the concurrency must be 1 or more, and the wait must not be negative");
    }
  }
}
