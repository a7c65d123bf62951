package dev.latchkey.adapters.persistence.mail;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import dev.latchkey.application.port.out.mail.MailKind;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code outbox}; those that change it answer how many rows. */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface OutboxRepository extends GenericRepository<OutboxRow, UUID> {

  void save(OutboxRow row);

  /**
   * Rows that another node is claiming are passed over: it has them, and this gets the next. So are
   * mails of a kind that only a newer version knows: the nodes of that version send them.
   */
  @Query(
      """
      UPDATE outbox SET next_attempt_at = :until, attempts = attempts + 1
      WHERE id = (
        SELECT id FROM outbox WHERE next_attempt_at <= :now AND kind = ANY (:known)
        ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, kind, email, owner_id, details, written_at, next_attempt_at, attempts
      """)
  @Nullable OutboxRow claim(
      Instant now, Instant until, @TypeDef(type = DataType.STRING_ARRAY) List<String> known);

  @Query("UPDATE outbox SET next_attempt_at = :until WHERE id = :id")
  int postpone(UUID id, Instant until);

  @Query("DELETE FROM outbox WHERE id = :id")
  int delete(UUID id);

  @Query("DELETE FROM outbox WHERE owner_id = :ownerId")
  int deleteOf(UUID ownerId);

  @Query("DELETE FROM outbox WHERE owner_id = :ownerId AND kind = :kind")
  int deleteOf(UUID ownerId, MailKind kind);

  @Query("SELECT min(written_at) FROM outbox")
  @Nullable Instant oldest();

  @Query("SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT :most) AS waiting")
  int count(int most);
}
