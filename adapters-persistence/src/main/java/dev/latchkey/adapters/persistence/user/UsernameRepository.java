package dev.latchkey.adapters.persistence.user;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;

/**
 * The statements on user names, whichever table they are in. No constraint spans the tables:
 * whoever gives a name to somebody, or takes it from them, locks it first.
 */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface UsernameRepository extends GenericRepository<UserRow, UUID> {

  /**
   * Waits for the lock of a user name, and keeps it until the transaction ends: the next statement
   * sees what others have done to the name. Names with the same hash share one, which costs no more
   * than a moment.
   */
  @Query("SELECT pg_advisory_xact_lock(2, hashtext(:usernameKey))::text")
  String lock(String usernameKey);

  /** Whether it is that of a user or of a registration, or waits to be free again. */
  @Query(
      """
      SELECT EXISTS (SELECT FROM users WHERE username_key = :usernameKey)
        OR EXISTS (SELECT FROM registrations WHERE username_key = :usernameKey AND expires_at > :now)
        OR EXISTS (SELECT FROM released_usernames WHERE username_key = :usernameKey AND free_from > :now)
      """)
  boolean isTaken(String usernameKey, Instant now);

  @Query(
      """
      INSERT INTO released_usernames (username_key, free_from) VALUES (:usernameKey, :freeFrom)
      ON CONFLICT (username_key) DO UPDATE SET free_from = excluded.free_from
      """)
  int release(String usernameKey, Instant freeFrom);

  /** Rows that another node is deleting are passed over, so that no node waits for another. */
  @Query(
      """
      DELETE FROM released_usernames WHERE username_key IN (
        SELECT username_key FROM released_usernames WHERE free_from < :time
        ORDER BY free_from LIMIT :most FOR UPDATE SKIP LOCKED)
      """)
  int forgetFreeBefore(Instant time, int most);
}
