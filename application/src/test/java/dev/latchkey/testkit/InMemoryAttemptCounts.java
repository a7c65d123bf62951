package dev.latchkey.testkit;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** {@link AttemptCounts} in memory. */
public final class InMemoryAttemptCounts implements AttemptCounts {

  private final InMemoryStore store;

  public InMemoryAttemptCounts(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public Map<AttemptKey, AttemptCount> find(Collection<AttemptKey> keys) {
    return store.statement(
        () ->
            keys.stream()
                .distinct()
                .filter(store.attempts::containsKey)
                .collect(
                    toMap(identity(), key -> Objects.requireNonNull(store.attempts.get(key)))));
  }

  @Override
  public boolean replace(AttemptKey key, Optional<AttemptCount> expected, AttemptCount count) {
    return store.statement(
        () -> {
          boolean asExpected = Objects.equals(store.attempts.get(key), expected.orElse(null));
          if (asExpected) {
            store.put(store.attempts, key, count);
          }
          return asExpected;
        });
  }

  @Override
  public void clear(Collection<AttemptKey> keys) {
    keys.forEach(key -> store.remove(store.attempts, key));
  }

  @Override
  public int deleteUnchangedSince(Instant time, int closing, int limit) {
    return store.statement(
        () -> {
          List<AttemptKey> stale =
              store.attempts.entrySet().stream()
                  .filter(entry -> entry.getValue().lastAt().isBefore(time))
                  .filter(
                      entry ->
                          !entry.getKey().closesAccount() || entry.getValue().count() < closing)
                  .map(Map.Entry::getKey)
                  .limit(limit)
                  .toList();
          clear(stale);
          return stale.size();
        });
  }
}
