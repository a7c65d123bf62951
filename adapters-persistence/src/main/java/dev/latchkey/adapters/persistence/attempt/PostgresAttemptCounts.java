package dev.latchkey.adapters.persistence.attempt;

import static java.util.stream.Collectors.toMap;

import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link AttemptCounts} in the table {@code attempts}. */
@Singleton
final class PostgresAttemptCounts implements AttemptCounts {

  private final AttemptRepository rows;

  PostgresAttemptCounts(AttemptRepository rows) {
    this.rows = rows;
  }

  @Override
  public Map<AttemptKey, AttemptCount> find(Collection<AttemptKey> keys) {
    return rows.findAll(texts(keys)).stream()
        .collect(
            toMap(
                row -> new AttemptKey(row.key()),
                row -> new AttemptCount(row.count(), row.lastAt())));
  }

  @Override
  public boolean replace(AttemptKey key, Optional<AttemptCount> expected, AttemptCount count) {
    int replaced =
        expected
            .map(
                stored ->
                    rows.replace(
                        key.text(), stored.count(), stored.lastAt(), count.count(), count.lastAt()))
            .orElseGet(() -> rows.insertUnlessThere(key.text(), count.count(), count.lastAt()));
    return replaced == 1;
  }

  @Override
  public void clear(Collection<AttemptKey> keys) {
    var _ = rows.deleteAll(texts(keys));
  }

  @Override
  public int deleteUnchangedSince(Instant time, int closing, int limit) {
    return rows.deleteUnchangedSince(time, AttemptKey.ACCOUNT, closing, limit);
  }

  private static List<String> texts(Collection<AttemptKey> keys) {
    return keys.stream().map(AttemptKey::text).toList();
  }
}
