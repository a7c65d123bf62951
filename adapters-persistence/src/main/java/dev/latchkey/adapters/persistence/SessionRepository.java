package dev.latchkey.adapters.persistence;

import dev.latchkey.domain.session.Revocation;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code sessions}; updates answer how many rows they changed. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SessionRepository extends GenericRepository<SessionRow, UUID> {

  void save(SessionRow row);

  Optional<SessionRow> findById(UUID id);

  /** Compare and set, in one statement: of several at once, one finds the expected generation. */
  @Query(
      """
      UPDATE sessions
      SET generation = :generation, master_key_id = :masterKeyId, rotated_at = :rotatedAt,
          idle_expires_at = :idleExpiresAt, exchange_key_hash = :exchangeKeyHash
      WHERE id = :id AND generation = :expected AND revoked_at IS NULL
      """)
  int advance(
      UUID id,
      int expected,
      int generation,
      int masterKeyId,
      Instant rotatedAt,
      Instant idleExpiresAt,
      @Nullable String exchangeKeyHash);

  /** The first revocation stays. */
  @Query(
      """
      UPDATE sessions
      SET revoked_at = :revokedAt, revocation_reason = :revocationReason
      WHERE id = :id AND revoked_at IS NULL
      """)
  int revoke(UUID id, Instant revokedAt, Revocation.Reason revocationReason);
}
