package dev.latchkey.adapters.security.password;

import java.util.Optional;

/**
 * What a hash costs (RFC 9106 §3.1). The bounds keep a mistyped setting, or a stored hash that
 * somebody tampered with, from taking all memory.
 *
 * @param memoryKiB memory of one hash, from 8 KiB for each lane to 256 MiB
 * @param iterations passes over the memory, 1 to 16
 * @param parallelism lanes, 1 to 16; they are computed one after the other
 */
public record Argon2Parameters(int memoryKiB, int iterations, int parallelism) {

  /** 19 MiB, 2 passes, 1 lane: the first choice of the OWASP Password Storage Cheat Sheet. */
  public static final Argon2Parameters DEFAULT = new Argon2Parameters(19_456, 2, 1);

  private static final int MIN_MEMORY_KIB_PER_LANE = 8;
  private static final int MAX_MEMORY_KIB = 256 * 1024;
  private static final int MAX_ITERATIONS = 16;
  private static final int MAX_PARALLELISM = 16;

  public Argon2Parameters {
    if (!areSane(memoryKiB, iterations, parallelism)) {
      throw new IllegalArgumentException(
          "argon2id takes 1 to 16 lanes, 1 to 16 iterations, and memory from 8 KiB for each lane to"
              + " 256 MiB");
    }
  }

  /** The cost of a hash, in passes over a KiB. */
  long work() {
    return (long) memoryKiB * iterations;
  }

  /**
   * Parameters of a hash that takes as much longer as one with {@code dearer} takes; nothing if
   * that is next to none.
   */
  Optional<Argon2Parameters> upTo(Argon2Parameters dearer) {
    long memory = (dearer.work() - work()) / dearer.iterations;
    return memory < MIN_MEMORY_KIB_PER_LANE
        ? Optional.empty()
        : Optional.of(new Argon2Parameters((int) memory, dearer.iterations, 1));
  }

  static boolean areSane(int memoryKiB, int iterations, int parallelism) {
    return parallelism >= 1
        && parallelism <= MAX_PARALLELISM
        && iterations >= 1
        && iterations <= MAX_ITERATIONS
        && memoryKiB >= MIN_MEMORY_KIB_PER_LANE * parallelism
        && memoryKiB <= MAX_MEMORY_KIB;
  }
}
