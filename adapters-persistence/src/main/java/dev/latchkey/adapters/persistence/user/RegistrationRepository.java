package dev.latchkey.adapters.persistence.user;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code registrations}. */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface RegistrationRepository extends GenericRepository<RegistrationRow, UUID> {

  void save(RegistrationRow row);

  Optional<RegistrationRow> findById(UUID id);

  @Query(
      """
      SELECT id, username, username_key, email, email_key, password_hash, first_name, last_name, created_at, expires_at
      FROM registrations WHERE email_key = :emailKey AND expires_at > :now
      ORDER BY created_at, id
      """)
  List<RegistrationRow> findByEmailKey(String emailKey, Instant now);

  /** Of several at once, one gets the row. */
  @Query(
      """
      DELETE FROM registrations WHERE id = :id
      RETURNING id, username, username_key, email, email_key, password_hash, first_name, last_name, created_at,
        expires_at
      """)
  @Nullable RegistrationRow take(UUID id);

  @Query("DELETE FROM registrations WHERE username_key = :usernameKey AND expires_at <= :now")
  int deleteExpired(String usernameKey, Instant now);

  /** Rows that another node is deleting are passed over, so that no node waits for another. */
  @Query(
      """
      DELETE FROM registrations WHERE id IN (
        SELECT id FROM registrations WHERE expires_at < :time
        ORDER BY expires_at LIMIT :most FOR UPDATE SKIP LOCKED)
      """)
  int deleteExpiredBefore(Instant time, int most);
}
