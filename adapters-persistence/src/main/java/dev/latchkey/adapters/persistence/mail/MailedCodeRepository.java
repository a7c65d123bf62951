package dev.latchkey.adapters.persistence.mail;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import dev.latchkey.domain.code.CodePurpose;
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

/**
 * The statements on the table {@code mailed_codes}. A code for a purpose that only a newer version
 * knows is read by that version alone.
 */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface MailedCodeRepository extends GenericRepository<MailedCodeRow, byte[]> {

  void save(MailedCodeRow row);

  @Query(
      """
      SELECT code_hash, purpose, owner_id, email, expires_at FROM mailed_codes
      WHERE code_hash = :codeHash AND purpose = ANY (:known)
      """)
  @Nullable MailedCodeRow find(
      byte[] codeHash, @TypeDef(type = DataType.STRING_ARRAY) List<String> known);

  /** Of several at once, one gets the row. */
  @Query(
      """
      DELETE FROM mailed_codes WHERE code_hash = :codeHash AND purpose = ANY (:known)
      RETURNING code_hash, purpose, owner_id, email, expires_at
      """)
  @Nullable MailedCodeRow take(
      byte[] codeHash, @TypeDef(type = DataType.STRING_ARRAY) List<String> known);

  @Query("DELETE FROM mailed_codes WHERE owner_id = :ownerId AND purpose = :purpose")
  int deleteOf(UUID ownerId, CodePurpose purpose);

  @Query("DELETE FROM mailed_codes WHERE owner_id = :ownerId")
  int deleteOf(UUID ownerId);

  /** Rows that another node is deleting are passed over, so that no node waits for another. */
  @Query(
      """
      DELETE FROM mailed_codes WHERE code_hash IN (
        SELECT code_hash FROM mailed_codes WHERE expires_at < :time
        ORDER BY expires_at LIMIT :most FOR UPDATE SKIP LOCKED)
      """)
  int deleteExpiredBefore(Instant time, int most);
}
