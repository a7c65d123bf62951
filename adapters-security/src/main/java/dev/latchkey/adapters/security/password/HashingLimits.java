package dev.latchkey.adapters.security.password;

import java.time.Duration;

/**
 * How many passwords may be in the works. Each hash that is being computed takes {@link
 * Argon2Parameters#memoryKiB} of memory and a processor.
 *
 * @param concurrency hashes computed at a time, at least 1
 * @param queue hashes that may wait for their turn, at least 0, of which one network alone gets
 *     about half; one more is refused
 * @param maxWait a hash that would wait longer than this for its turn, going by what the latest
 *     ones took, is refused; positive
 */
public record HashingLimits(int concurrency, int queue, Duration maxWait) {

  public HashingLimits {
    if (concurrency < 1 || queue < 0) {
      throw new IllegalArgumentException(
          "hashing needs a concurrency of at least 1 and a queue of at least 0");
    }
    if (!maxWait.isPositive()) {
      throw new IllegalArgumentException("the longest wait for hashing must be positive");
    }
  }
}
