package dev.latchkey.domain.key;

import java.time.Duration;

/**
 * How signing keys are rotated.
 *
 * @param algorithm of the next key
 * @param rotationInterval how long a key signs
 * @param jwksMaxAge how long a resource server may cache the published keys; whole seconds
 * @param tokenLifetime of the access tokens that are signed
 */
public record SigningKeyPolicy(
    SigningAlgorithm algorithm,
    Duration rotationInterval,
    Duration jwksMaxAge,
    Duration tokenLifetime) {

  /** A node signs and publishes by what it read from the store no longer ago than this. */
  public static final Duration MAX_READING_AGE = Duration.ofMinutes(1);

  private static final Duration LONGEST_MAX_AGE = Duration.ofDays(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(3650);

  /**
   * @throws IllegalArgumentException if keys would be due before they could be known to everybody,
   *     or never
   */
  public SigningKeyPolicy {
    if (jwksMaxAge.toNanosPart() != 0
        || !jwksMaxAge.isPositive()
        || jwksMaxAge.compareTo(LONGEST_MAX_AGE) > 0) {
      throw new IllegalArgumentException(
          "the max-age of the JWKS must be whole seconds, from 1 second to 1 day");
    }
    Duration lead = leadFor(jwksMaxAge);
    if (rotationInterval.compareTo(lead) < 0 || rotationInterval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "the rotation interval must be from "
              + lead.toSeconds()
              + " seconds (twice the max-age of the JWKS and a minute) to 3650 days");
    }
    if (!tokenLifetime.isPositive()) {
      throw new IllegalArgumentException("the lifetime of access tokens must be positive");
    }
  }

  /**
   * How long a key is published before it signs: twice the max-age (one for the resource server,
   * one for a cache in between), plus the time a node may publish an old reading.
   */
  public Duration publicationLead() {
    return leadFor(jwksMaxAge);
  }

  private static Duration leadFor(Duration jwksMaxAge) {
    return jwksMaxAge.multipliedBy(2).plus(MAX_READING_AGE);
  }
}
