package dev.latchkey.domain.key;

import java.time.Duration;
import java.time.Instant;

/**
 * What the life of a signing key depends on. Nothing of it changes when the key's state does; the
 * state follows from it and the time, see {@link SigningKeySchedule}.
 *
 * @param number 1 for the first key of an installation, then 2, 3, …
 * @param id the {@code kid} in the header of the tokens it signs
 * @param signsFrom when it takes over from the key before
 * @param tokenLifetime the longest that any node may let a token of this key live; it grows if a
 *     node is given more
 * @param erased whether its private part is gone, which retires it for good, whatever the time
 */
public record SigningKey(
    int number,
    String id,
    SigningAlgorithm algorithm,
    Instant createdAt,
    Instant signsFrom,
    Duration tokenLifetime,
    boolean erased) {

  /** The same key, for tokens that live at least this long. */
  public SigningKey withTokenLifetimeOfAtLeast(Duration lifetime) {
    return tokenLifetime.compareTo(lifetime) >= 0
        ? this
        : new SigningKey(number, id, algorithm, createdAt, signsFrom, lifetime, erased);
  }
}
