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
 * The statements on the table {@code users}. An insert of a whole row would answer 1 whatever it
 * did.
 */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface UserRepository extends GenericRepository<UserRow, UUID> {

  /**
   * Adds nothing if any unique value is in use: an error would have ended the caller's transaction.
   */
  @Query(
      """
      INSERT INTO users (id, username, username_key, email, email_key, password_hash, first_name, last_name,
          roles, status, created_at)
      VALUES (:id, :username, :usernameKey, :email, :emailKey, :passwordHash, :firstName, :lastName,
          :roles, :status, :createdAt)
      ON CONFLICT DO NOTHING
      """)
  int insertUnlessTaken(
      UUID id,
      String username,
      String usernameKey,
      String email,
      String emailKey,
      String passwordHash,
      @Nullable String firstName,
      @Nullable String lastName,
      @TypeDef(type = DataType.STRING_ARRAY) List<String> roles,
      UserStatus status,
      Instant createdAt);

  Optional<UserRow> findById(UUID id);

  Optional<UserRow> findByUsernameKey(String usernameKey);

  Optional<UserRow> findByEmailKey(String emailKey);

  /** Locks the row until the transaction ends; others may read it meanwhile. */
  Optional<UserRow> findByIdForUpdate(UUID id);

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

  boolean existsByUsernameKey(String usernameKey);

  boolean existsByEmailKey(String emailKey);
}
