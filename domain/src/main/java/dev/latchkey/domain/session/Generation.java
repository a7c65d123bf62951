package dev.latchkey.domain.session;

/**
 * Counts the refresh tokens of a session: 0 is issued at log-in, each exchange adds one.
 *
 * @param value from 0 to {@link Integer#MAX_VALUE}, which an exchange a second reaches after 68
 *     years
 */
public record Generation(int value) implements Comparable<Generation> {

  public static final Generation FIRST = new Generation(0);

  public Generation {
    if (value < 0) {
      throw new IllegalArgumentException("a generation is never negative");
    }
  }

  public Generation next() {
    return new Generation(Math.incrementExact(value));
  }

  public boolean isAfter(Generation other) {
    return compareTo(other) > 0;
  }

  /** Whether {@code successor} is what an exchange of this generation leads to. */
  public boolean isDirectlyBefore(Generation successor) {
    return distanceTo(successor) == 1;
  }

  /** How many exchanges lead from this generation to the other; negative if the other is older. */
  public int distanceTo(Generation other) {
    return other.value - value;
  }

  @Override
  public int compareTo(Generation other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
