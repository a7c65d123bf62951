package dev.latchkey.adapters.persistence.session;

import dev.latchkey.adapters.persistence.connection.Outages;
import dev.latchkey.adapters.persistence.user.UserRow;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.user.UserStatus;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The two statements that an exchange consists of, by plain JDBC. Most of what the database does
 * are these two, and Micronaut Data takes longer for each of them than the driver does.
 */
@Singleton
final class ExchangeStatements {

  private static final String FIND =
      """
      SELECT s.user_id, s.client_id, s.generation, s.master_key_id, s.salt, s.started_at, s.rotated_at,
        s.idle_expires_at, s.absolute_expires_at, s.exchange_key_hash, s.client_address, s.client_network,
        s.user_agent, s.revoked_at, s.revocation_reason,
        u.username, u.username_key, u.email, u.email_key, u.email_verified_at, u.password_hash,
        u.first_name, u.last_name, u.roles, u.status, u.created_at
      FROM sessions AS s JOIN users AS u ON u.id = s.user_id
      WHERE s.id = ?
      """;

  /** Compare and set, in one statement: of several at once, one finds the expected generation. */
  private static final String ADVANCE =
      """
      UPDATE sessions
      SET generation = ?, master_key_id = ?, rotated_at = ?, idle_expires_at = ?, exchange_key_hash = ?
      WHERE id = ? AND generation = ? AND revoked_at IS NULL
      """;

  private final ConnectionOperations<Connection> connections;

  ExchangeStatements(ConnectionOperations<Connection> connections) {
    this.connections = connections;
  }

  /** The rows of a session and of its user. */
  record Found(SessionRow session, UserRow user) {}

  Optional<Found> find(UUID id) {
    return execute(connection -> find(connection, id));
  }

  /** Whether the row had the expected generation and was not revoked. */
  boolean advance(SessionRow rotated, int expected) {
    return execute(connection -> advance(connection, rotated, expected));
  }

  private <T> T execute(Statement<T> statement) {
    return Outages.translate(
        () ->
            connections.executeWrite(
                status -> {
                  try {
                    return statement.execute(status.getConnection());
                  } catch (SQLException e) {
                    throw new DataAccessException("a statement of an exchange failed", e);
                  }
                }));
  }

  private static Optional<Found> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setObject(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(foundBy(id, rows)) : Optional.empty();
      }
    }
  }

  private static Found foundBy(UUID id, ResultSet row) throws SQLException {
    var userId = row.getObject(1, UUID.class);
    return new Found(session(id, userId, row), user(userId, row));
  }

  private static SessionRow session(UUID id, UUID userId, ResultSet row) throws SQLException {
    String revocationReason = row.getString(15);
    return new SessionRow(
        id,
        userId,
        row.getString(2),
        row.getInt(3),
        row.getInt(4),
        row.getBytes(5),
        instant(row, 6),
        instant(row, 7),
        instant(row, 8),
        instant(row, 9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        instantOrNull(row, 14),
        revocationReason == null ? null : Revocation.Reason.valueOf(revocationReason));
  }

  private static UserRow user(UUID id, ResultSet row) throws SQLException {
    return new UserRow(
        id,
        row.getString(16),
        row.getString(17),
        row.getString(18),
        row.getString(19),
        instantOrNull(row, 20),
        row.getString(21),
        row.getString(22),
        row.getString(23),
        List.of((String[]) row.getArray(24).getArray()),
        UserStatus.valueOf(row.getString(25)),
        instant(row, 26));
  }

  private static boolean advance(Connection connection, SessionRow rotated, int expected)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
      statement.setInt(1, rotated.generation());
      statement.setInt(2, rotated.masterKeyId());
      statement.setObject(3, rotated.rotatedAt().atOffset(ZoneOffset.UTC));
      statement.setObject(4, rotated.idleExpiresAt().atOffset(ZoneOffset.UTC));
      statement.setString(5, rotated.exchangeKeyHash());
      statement.setObject(6, rotated.id());
      statement.setInt(7, expected);
      return statement.executeUpdate() == 1;
    }
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  @FunctionalInterface
  private interface Statement<T> {
    T execute(Connection connection) throws SQLException;
  }
}
