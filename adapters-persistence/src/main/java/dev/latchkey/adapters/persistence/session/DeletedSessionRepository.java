package dev.latchkey.adapters.persistence.session;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;

/** The statements on the table {@code deleted_sessions}; each answers how many rows it changed. */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface DeletedSessionRepository extends GenericRepository<SessionRow, UUID> {

  @Query(
      """
      INSERT INTO deleted_sessions (id, ended_at)
      SELECT id, coalesce(revoked_at, :endedAt) FROM sessions WHERE user_id = :userId
      ON CONFLICT (id) DO NOTHING
      """)
  int addThoseOf(UUID userId, Instant endedAt);

  /** Rows that another node is deleting are passed over, so that no node waits for another. */
  @Query(
      """
      DELETE FROM deleted_sessions WHERE id IN (
        SELECT id FROM deleted_sessions WHERE ended_at < :time
        ORDER BY ended_at LIMIT :most FOR UPDATE SKIP LOCKED)
      """)
  int deleteBefore(Instant time, int most);
}
