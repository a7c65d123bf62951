package dev.latchkey.application.port.out.attempt;

import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** How often things were tried, as all nodes know it. */
public interface AttemptCounts {

  /** The counts of those keys that have one. */
  Map<AttemptKey, AttemptCount> find(Collection<AttemptKey> keys);

  /**
   * Compares and sets: stores the count if the stored one is still the expected one.
   *
   * @param expected empty if none is expected
   * @return whether it did; if not, somebody else was faster, and nothing was stored
   */
  boolean replace(AttemptKey key, Optional<AttemptCount> expected, AttemptCount count);

  /** Forgets these. */
  void clear(Collection<AttemptKey> keys);

  /**
   * Deletes counts that nothing was added to since that time, but for those that close an account.
   *
   * @param closing counts that {@linkplain AttemptKey#closesAccount() can close one} stay from here
   *     on
   * @param limit how many at most
   * @return how many
   */
  int deleteUnchangedSince(Instant time, int closing, int limit);
}
