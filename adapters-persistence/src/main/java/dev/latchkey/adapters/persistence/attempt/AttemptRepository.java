package dev.latchkey.adapters.persistence.attempt;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/** The statements on the table {@code attempts}; those that change it answer how many rows. */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AttemptRepository extends GenericRepository<AttemptRow, String> {

  @Query("SELECT key, count, last_at FROM attempts WHERE key = ANY (:keys)")
  List<AttemptRow> findAll(@TypeDef(type = DataType.STRING_ARRAY) List<String> keys);

  @Query(
      """
      INSERT INTO attempts (key, count, last_at) VALUES (:key, :count, :lastAt)
      ON CONFLICT DO NOTHING
      """)
  int insertUnlessThere(String key, int count, Instant lastAt);

  /** Compare and set. */
  @Query(
      """
      UPDATE attempts SET count = :count, last_at = :lastAt
      WHERE key = :key AND count = :expectedCount AND last_at = :expectedLastAt
      """)
  int replace(String key, int expectedCount, Instant expectedLastAt, int count, Instant lastAt);

  @Query("DELETE FROM attempts WHERE key = ANY (:keys)")
  int deleteAll(@TypeDef(type = DataType.STRING_ARRAY) List<String> keys);

  /** Rows that another node is deleting are passed over, so that no node waits for another. */
  @Query(
      """
      DELETE FROM attempts WHERE key IN (
        SELECT key FROM attempts
        WHERE last_at < :time AND NOT (starts_with(key, :account) AND count >= :closing)
        ORDER BY last_at LIMIT :most FOR UPDATE SKIP LOCKED)
      """)
  int deleteUnchangedSince(Instant time, String account, int closing, int most);
}
