package dev.latchkey.adapters.persistence.session;

import static java.util.Comparator.naturalOrder;

import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@link EndedSessions} in the table {@code sessions}, found by the indexes on both ways to end,
 * and in {@code deleted_sessions}.
 */
@Singleton
final class PostgresEndedSessions implements EndedSessions {

  private final SessionRepository rows;
  private final DeletedSessionRepository deleted;
  private final EndedSessionStatement latest;

  PostgresEndedSessions(
      SessionRepository rows, DeletedSessionRepository deleted, EndedSessionStatement latest) {
    this.rows = rows;
    this.deleted = deleted;
    this.latest = latest;
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

  @Override
  public List<EndedSession> latest(Instant after, int limit) {
    return latest.execute(after, limit);
  }

  @Override
  public void rememberThoseOf(UserId userId, Instant at) {
    var _ = deleted.addThoseOf(userId.value(), at);
  }

  @Override
  public int forgetRememberedBefore(Instant time, int limit) {
    return deleted.deleteBefore(time, limit);
  }
}
