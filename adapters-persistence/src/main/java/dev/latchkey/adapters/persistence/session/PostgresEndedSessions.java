package dev.latchkey.adapters.persistence.session;

import static java.util.Comparator.naturalOrder;

import dev.latchkey.application.port.out.session.EndedSessions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@link EndedSessions} in the table {@code sessions}, found by the indexes on both ways to end.
 */
@Singleton
final class PostgresEndedSessions implements EndedSessions {

  private final SessionRepository rows;

  PostgresEndedSessions(SessionRepository rows) {
    this.rows = rows;
  }

  @Override
  public int deleteEndedBefore(Instant time, int limit) {
    return rows.deleteEndedBefore(time, limit);
  }

  @Override
  public Optional<Instant> oldestEnd(Instant now) {
    return Stream.of(rows.firstRevocation(), rows.firstAbsoluteEnd())
        .filter(Objects::nonNull)
        .filter(end -> end.isBefore(now))
        .min(naturalOrder());
  }
}
