package dev.latchkey.domain.token;

import java.time.Duration;
import java.time.Instant;

/**
 * How long access tokens are accepted after their expiry, for clocks that do not agree (RFC 9068
 * §4).
 *
 * @param duration at most a minute: it lengthens the life of every token
 */
public record Leeway(Duration duration) {

  private static final Duration MAX = Duration.ofMinutes(1);

  /** Nodes take their time from one database, and yet not at the same instant. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(10);

  public static final Leeway NONE = new Leeway(Duration.ZERO);

  /**
   * @throws IllegalArgumentException if it is negative or too long
   */
  public Leeway {
    if (duration.isNegative() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException("the leeway must be from 0 to 1 minute");
    }
  }

  /** Whether the token is valid, but for such differences. */
  public boolean accepts(AccessToken token, Instant now) {
    return !isExpired(token, now) && !isNotYetValid(token, now);
  }

  /** Whether the token expired longer ago than the leeway. */
  public boolean isExpired(AccessToken token, Instant now) {
    return token.isExpired(now.minus(duration));
  }

  /** Whether the token was issued further in the future than clock differences explain. */
  public boolean isNotYetValid(AccessToken token, Instant now) {
    return token.issuedAt().isAfter(now.plus(duration).plus(CLOCK_DIFFERENCE));
  }
}
