package dev.latchkey.domain.session;

import java.time.Duration;

/**
 * How long sessions and retries live.
 *
 * @param idle a session ends this long after its last exchange
 * @param absolute a session ends this long after log-in, exchanged or not
 * @param retryWindow how long after an exchange the spent token still gets the same answer
 * @param keyedRetryWindow the same for a retry that brings the idempotency key of that exchange
 */
public record SessionPolicy(
    Duration idle, Duration absolute, Duration retryWindow, Duration keyedRetryWindow) {

  /** Conformance suites wait this long before they retry (FAPI 2.0 Security Profile §5.3.2.1-9). */
  private static final Duration SHORTEST_RETRY_WINDOW = Duration.ofSeconds(30);

  public static final SessionPolicy DEFAULT =
      new SessionPolicy(
          Duration.ofDays(7), Duration.ofDays(30), Duration.ofSeconds(60), Duration.ofHours(24));

  /**
   * @throws IllegalArgumentException if a session could not live, or an honest retry could not
   *     succeed
   */
  public SessionPolicy {
    if (!idle.isPositive() || idle.compareTo(absolute) > 0) {
      throw new IllegalArgumentException(
          "the idle time must be positive and not above the absolute time");
    }
    if (retryWindow.compareTo(SHORTEST_RETRY_WINDOW) <= 0) {
      throw new IllegalArgumentException("the retry window must be above 30 seconds");
    }
    if (keyedRetryWindow.compareTo(retryWindow) < 0) {
      throw new IllegalArgumentException(
          "the retry window with a key must not be below the one without");
    }
  }
}
