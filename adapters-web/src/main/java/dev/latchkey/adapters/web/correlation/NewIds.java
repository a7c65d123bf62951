package dev.latchkey.adapters.web.correlation;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Ids that no other request has, on this node or any other, for as long as the service exists. They
 * are no secrets: 128 random bits at the start, and from there a counter, each scrambled as the
 * JDK's {@code SplittableRandom} does it, so that nobody reads from two ids how many requests there
 * were in between. That function is a permutation, so no id comes twice.
 */
final class NewIds {

  /** An odd number, so that the multiples of it are all different. */
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private final HexFormat hex = HexFormat.of();
  private final AtomicLong count = new AtomicLong();
  private final long high;
  private final long low;

  /**
   * @param random asked twice, and then never again
   */
  NewIds(RandomGenerator random) {
    this.high = random.nextLong();
    this.low = random.nextLong();
  }

  /** 32 hexadecimal digits. */
  String next() {
    long offset = count.getAndIncrement() * STEP;
    return hex.toHexDigits(scramble(high + offset)) + hex.toHexDigits(scramble(low ^ offset));
  }

  private static long scramble(long value) {
    long once = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
    return twice ^ (twice >>> 31);
  }
}
