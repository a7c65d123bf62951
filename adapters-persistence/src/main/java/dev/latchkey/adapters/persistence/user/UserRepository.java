package dev.latchkey.adapters.persistence.user;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import dev.latchkey.domain.user.UserStatus;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the table {@code users}; those that change it answer how many rows. An insert
 * of a whole row would answer 1 whatever it did.
 */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface UserRepository extends GenericRepository<UserRow, UUID> {

  /**
   * Adds nothing if any unique value is in use: an error would have ended the caller's transaction.
   */
  @Query(
      """
      INSERT INTO users (id, username, username_key, email, email_key, email_verified_at, password_hash,
          first_name, last_name, roles, status, created_at)
      VALUES (:id, :username, :usernameKey, :email, :emailKey, :emailVerifiedAt, :passwordHash,
          :firstName, :lastName, :roles, :status, :createdAt)
      ON CONFLICT DO NOTHING
      """)
  int insertUnlessTaken(
      UUID id,
      String username,
      String usernameKey,
      String email,
      String emailKey,
      @Nullable Instant emailVerifiedAt,
      String passwordHash,
      @Nullable String firstName,
      @Nullable String lastName,
      @TypeDef(type = DataType.STRING_ARRAY) List<String> roles,
      String status,
      Instant createdAt);

  Optional<UserRow> findById(UUID id);

  Optional<UserRow> findByUsernameKey(String usernameKey);

  Optional<UserRow> findByEmailKey(String emailKey);

  /** Locks the row until the transaction ends; others may read it meanwhile. */
  Optional<UserRow> findByIdForUpdate(UUID id);

  /** Waits for the only lock there is of its kind, and keeps it until the transaction ends. */
  @Query("SELECT pg_advisory_xact_lock(1, 0)::text")
  String lockAdministrators();

  /**
   * Waits for the lock of an address, and keeps it until the transaction ends. Addresses with the
   * same hash share one, which costs no more than a moment.
   */
  @Query("SELECT pg_advisory_xact_lock(3, hashtext(:emailKey))::text")
  String lockEmail(String emailKey);

  @Query("SELECT id FROM users WHERE status = 'ACTIVE' AND :role = ANY (roles)")
  List<UUID> findActive(String role);

  @Query("UPDATE users SET first_name = :firstName, last_name = :lastName WHERE id = :id")
  int changeNames(UUID id, @Nullable String firstName, @Nullable String lastName);

  /**
   * Compare and set. The caller has locked the new address: otherwise it could become another
   * user's while this looks whose it is, and an error would end the transaction.
   */
  @Query(
      """
      UPDATE users
      SET email = :email, email_key = :emailKey, email_verified_at = :emailVerifiedAt
      WHERE id = :id AND email_key = :expectedKey
        AND NOT EXISTS (SELECT FROM users AS other WHERE other.email_key = :emailKey AND other.id <> :id)
      """)
  int changeEmail(
      UUID id, String expectedKey, String email, String emailKey, Instant emailVerifiedAt);

  @Query(
      "UPDATE users SET email_verified_at = :emailVerifiedAt WHERE id = :id AND email_key ="
          + " :emailKey")
  int verifyEmail(UUID id, String emailKey, Instant emailVerifiedAt);

  @Query("UPDATE users SET status = :status WHERE id = :id")
  int changeStatus(UUID id, UserStatus status);

  @Query("DELETE FROM users WHERE id = :id")
  int delete(UUID id);

  @Query("UPDATE users SET roles = :roles WHERE id = :id")
  int changeRoles(UUID id, @TypeDef(type = DataType.STRING_ARRAY) List<String> roles);

  /** Compare and set. */
  @Query(
      "UPDATE users SET password_hash = :replacement WHERE id = :id AND password_hash = :expected")
  int replacePasswordHash(UUID id, String expected, String replacement);

  /** One look into the index {@code users_by_password_cost} for each cost there is. */
  @Query(
      """
      WITH RECURSIVE costs AS (
        (SELECT password_hash, cost FROM users_with_cost ORDER BY cost LIMIT 1)
        UNION ALL
        SELECT next.password_hash, next.cost
        FROM costs, LATERAL (
          SELECT password_hash, cost FROM users_with_cost AS dearer
          WHERE dearer.cost > costs.cost ORDER BY dearer.cost LIMIT 1) AS next
      )
      SELECT password_hash FROM costs
      """)
  List<String> passwordHashOfEachCost();

  boolean existsByEmailKey(String emailKey);
}
