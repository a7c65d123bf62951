package dev.latchkey.domain.key;

import java.time.Duration;
import java.time.Instant;

/**
 * A signing key that is due and has not been made yet.
 *
 * @param number one above the highest there is; of several nodes that make this key at once, the
 *     first to write the number wins
 * @param createdAt now
 * @param signsFrom when everybody will know it
 */
public record NextSigningKey(
    int number,
    SigningAlgorithm algorithm,
    Instant createdAt,
    Instant signsFrom,
    Duration tokenLifetime) {

  /**
   * The key, once it is made.
   *
   * @param id its {@code kid}
   */
  public SigningKey made(String id) {
    return new SigningKey(number, id, algorithm, createdAt, signsFrom, tokenLifetime, false);
  }
}
