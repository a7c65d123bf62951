package dev.latchkey.adapters.persistence.session;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import dev.latchkey.domain.session.Revocation;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code sessions}; updates answer how many rows they changed. */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SessionRepository extends GenericRepository<SessionRow, UUID> {

  void save(SessionRow row);

  Optional<SessionRow> findById(UUID id);

  @Query(
      """
      SELECT id, user_id, client_id, generation, master_key_id, salt, started_at, rotated_at, idle_expires_at,
        absolute_expires_at, exchange_key_hash, client_address, client_network, user_agent, bound_key,
        access_tokens_bound, revoked_at, revocation_reason
      FROM sessions
      WHERE user_id = :userId AND revoked_at IS NULL AND idle_expires_at > :now
      ORDER BY started_at, id
      """)
  List<SessionRow> findActive(UUID userId, Instant now);

  @Query(
      """
      SELECT EXISTS (
        SELECT FROM sessions
        WHERE user_id = :userId AND client_network = :clientNetwork AND started_at >= :since)
      """)
  boolean existsFrom(String clientNetwork, UUID userId, Instant since);

  /** Rows that another node is deleting are passed over, so that no node waits for another. */
  @Query(
      """
      DELETE FROM sessions WHERE id IN (
        SELECT id FROM (
          SELECT id FROM sessions WHERE revoked_at < :time
          ORDER BY revoked_at LIMIT :most FOR UPDATE SKIP LOCKED) AS revoked
        UNION
        SELECT id FROM (
          SELECT id FROM sessions WHERE absolute_expires_at < :time
          ORDER BY absolute_expires_at LIMIT :most FOR UPDATE SKIP LOCKED) AS expired
        LIMIT :most)
      """)
  int deleteEndedBefore(Instant time, int most);

  @Query("SELECT min(revoked_at) FROM sessions WHERE revoked_at IS NOT NULL")
  @Nullable Instant firstRevocation();

  @Query("SELECT min(absolute_expires_at) FROM sessions")
  @Nullable Instant firstAbsoluteEnd();

  /** The first revocation stays. */
  @Query(
      """
      UPDATE sessions
      SET revoked_at = :revokedAt, revocation_reason = :revocationReason
      WHERE id = :id AND revoked_at IS NULL
      """)
  int revoke(UUID id, Instant revokedAt, Revocation.Reason revocationReason);
}
