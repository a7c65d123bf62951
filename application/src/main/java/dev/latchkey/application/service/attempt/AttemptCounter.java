package dev.latchkey.application.service.attempt;

import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts attempts against their limits. However many are made at once, on however many nodes, no
 * more of them count than would one after the other: a count is only replaced if it is still the
 * one that the decision was made by.
 */
public final class AttemptCounter {

  private final AttemptCounts counts;

  public AttemptCounter(AttemptCounts counts) {
    this.counts = counts;
  }

  /** How long until there may be another attempt; zero if there may be one now. */
  public Duration delay(Map<AttemptKey, AttemptLimit> limits, Instant now) {
    return delay(limits, counts.find(limits.keySet()), now);
  }

  /**
   * Counts an attempt under each key, unless there may be none now. To be called in a transaction.
   *
   * @return how long until there may be one; zero if this one was counted
   */
  public Duration count(Map<AttemptKey, AttemptLimit> limits, Instant now) {
    // In one order everywhere, so that no two transactions wait for each other.
    var uncounted = new TreeMap<AttemptKey, AttemptLimit>(Comparator.comparing(AttemptKey::text));
    uncounted.putAll(limits);
    while (!uncounted.isEmpty()) {
      // All of them each time: whoever lost a race for one may have to wait for another by now.
      Map<AttemptKey, AttemptCount> found = counts.find(uncounted.keySet());
      Duration delay = delay(uncounted, found, now);
      if (delay.isPositive()) {
        return delay;
      }
      Map.Entry<AttemptKey, AttemptLimit> first = uncounted.firstEntry();
      Optional<AttemptCount> tried = Optional.ofNullable(found.get(first.getKey()));
      if (counts.replace(first.getKey(), tried, first.getValue().next(tried, now))) {
        uncounted.remove(first.getKey());
      }
    }
    return Duration.ZERO;
  }

  /** The same by counts that were read before. */
  static Duration delay(
      Map<AttemptKey, AttemptLimit> limits, Map<AttemptKey, AttemptCount> found, Instant now) {
    return limits.entrySet().stream()
        .map(limit -> limit.getValue().delay(Optional.ofNullable(found.get(limit.getKey())), now))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
