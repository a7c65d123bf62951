package dev.latchkey.adapters.persistence.session;

import dev.latchkey.adapters.persistence.connection.Outages;
import dev.latchkey.adapters.persistence.connection.SharedStatement;
import dev.latchkey.adapters.persistence.connection.SharedStatements;
import dev.latchkey.adapters.persistence.user.UserRow;
import io.micronaut.context.annotation.Property;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The two statements that an exchange consists of, by plain JDBC. Most of what the database does
 * are these two, and Micronaut Data takes longer for each of them than the driver does.
 *
 * <p>Exchanges of one moment share them (docs/adr/0023-exchanges-share-their-statements.md). Within
 * a transaction, a statement is its caller's alone.
 */
@Singleton
final class ExchangeStatements implements SharedStatements {

  private static final String FIND =
      """
      SELECT s.id, s.user_id, s.client_id, s.generation, s.master_key_id, s.salt, s.started_at, s.rotated_at,
        s.idle_expires_at, s.absolute_expires_at, s.exchange_key_hash, s.client_address, s.client_network,
        s.user_agent, s.bound_key, s.access_tokens_bound, s.revoked_at, s.revocation_reason,
        u.username, u.username_key, u.email, u.email_key, u.email_verified_at, u.password_hash,
        u.first_name, u.last_name, u.roles, u.status, u.created_at
      FROM sessions AS s JOIN users AS u ON u.id = s.user_id
      WHERE s.id = ANY (?)
      """;

  /** Compare and set, in one statement: of several at once, one finds the expected generation. */
  private static final String ADVANCE =
      """
      UPDATE sessions
      SET generation = ?, master_key_id = ?, rotated_at = ?, idle_expires_at = ?, exchange_key_hash = ?
      WHERE id = ? AND generation = ? AND revoked_at IS NULL
      """;

  /**
   * The same for several sessions, each compared for itself. It waits for nobody: a row that
   * somebody else is writing is left out.
   */
  private static final String ADVANCE_FREE =
      """
      WITH free AS (SELECT id FROM sessions WHERE id = ANY (?) FOR NO KEY UPDATE SKIP LOCKED)
      UPDATE sessions AS s
      SET generation = r.generation, master_key_id = r.master_key_id, rotated_at = r.rotated_at,
        idle_expires_at = r.idle_expires_at, exchange_key_hash = r.exchange_key_hash
      FROM free JOIN unnest(?::uuid[], ?::integer[], ?::integer[], ?::integer[], ?::timestamptz[], ?::timestamptz[], ?::text[])
        WITH ORDINALITY AS r (id, expected, generation, master_key_id, rotated_at, idle_expires_at, exchange_key_hash,
          position) USING (id)
      WHERE s.id = free.id AND s.generation = r.expected AND s.revoked_at IS NULL
      RETURNING r.position
      """;

  /**
   * How many elements PostgreSQL takes an array for that it has not seen. For shorter ones it would
   * find it worth its while to plan the statement anew each time, which takes longer than to run
   * it. So none is shorter.
   */
  private static final int PLANNED_LENGTH = 10;

  private final ConnectionOperations<Connection> connections;
  private final SharedStatement<UUID, Optional<Found>> find;
  private final SharedStatement<Rotation, Boolean> advance;

  /**
   * @param maxWait in milliseconds: nobody waits longer for a turn than for a connection
   */
  ExchangeStatements(
      ConnectionOperations<Connection> connections,
      @Property(name = "datasources.default.connection-timeout") long maxWait) {
    this.connections = connections;
    this.find = new SharedStatement<>(this::findAll, Duration.ofMillis(maxWait));
    this.advance = new SharedStatement<>(this::advanceFree, Duration.ofMillis(maxWait));
  }

  @Override
  public Map<String, SharedStatement<?, ?>> byName() {
    return Map.of("find_session", find, "advance_session", advance);
  }

  /** The rows of a session and of its user. */
  record Found(SessionRow session, UserRow user) {}

  /** What is to be written, and over which generation. */
  record Rotation(SessionRow rotated, int expected) {}

  Optional<Found> find(UUID id) {
    return isInTransaction() ? findAll(List.of(id)).getFirst() : find.ask(id);
  }

  /** Whether the row had the expected generation and was not revoked. */
  boolean advance(Rotation rotation) {
    return (!isInTransaction() && advance.ask(rotation)) || advanceAlone(rotation);
  }

  private boolean isInTransaction() {
    return connections.findConnectionStatus().isPresent();
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

  /** In the order of the ids. */
  List<Optional<Found>> findAll(List<UUID> ids) {
    Map<UUID, Found> found = execute(connection -> find(connection, ids));
    return ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList();
  }

  private static Map<UUID, Found> find(Connection connection, List<UUID> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setArray(1, wanted(connection, ids));
      try (ResultSet rows = statement.executeQuery()) {
        Map<UUID, Found> found = HashMap.newHashMap(ids.size());
        while (rows.next()) {
          UUID id = rows.getObject(1, UUID.class);
          found.put(id, foundBy(id, rows));
        }
        return found;
      }
    }
  }

  private static Found foundBy(UUID id, ResultSet row) throws SQLException {
    var userId = row.getObject(2, UUID.class);
    return new Found(session(id, userId, row), user(userId, row));
  }

  private static SessionRow session(UUID id, UUID userId, ResultSet row) throws SQLException {
    return new SessionRow(
        id,
        userId,
        row.getString(3),
        row.getInt(4),
        row.getInt(5),
        row.getBytes(6),
        instant(row, 7),
        instant(row, 8),
        instant(row, 9),
        instant(row, 10),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        row.getString(14),
        row.getString(15),
        row.getObject(16, Boolean.class),
        instantOrNull(row, 17),
        row.getString(18));
  }

  private static UserRow user(UUID id, ResultSet row) throws SQLException {
    return new UserRow(
        id,
        row.getString(19),
        row.getString(20),
        row.getString(21),
        row.getString(22),
        instantOrNull(row, 23),
        row.getString(24),
        row.getString(25),
        row.getString(26),
        List.of((String[]) row.getArray(27).getArray()),
        row.getString(28),
        instant(row, 29));
  }

  /** Waits for whoever is writing the row. */
  boolean advanceAlone(Rotation rotation) {
    return execute(connection -> advance(connection, rotation.rotated(), rotation.expected()));
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

  /** For each rotation, in their order: true if it is written; false also if it was left out. */
  List<Boolean> advanceFree(List<Rotation> rotations) {
    BitSet written = execute(connection -> advanceFree(connection, rotations));
    return IntStream.range(0, rotations.size()).mapToObj(written::get).toList();
  }

  private static BitSet advanceFree(Connection connection, List<Rotation> rotations)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ADVANCE_FREE)) {
      List<SessionRow> rows = rotations.stream().map(Rotation::rotated).toList();
      statement.setArray(1, wanted(connection, rows.stream().map(SessionRow::id).toList()));
      statement.setArray(2, array(connection, "uuid", rows, SessionRow::id));
      statement.setArray(3, array(connection, "int4", rotations, Rotation::expected));
      statement.setArray(4, array(connection, "int4", rows, SessionRow::generation));
      statement.setArray(5, array(connection, "int4", rows, SessionRow::masterKeyId));
      statement.setArray(6, array(connection, "timestamptz", rows, SessionRow::rotatedAt));
      statement.setArray(7, array(connection, "timestamptz", rows, SessionRow::idleExpiresAt));
      statement.setArray(8, array(connection, "text", rows, SessionRow::exchangeKeyHash));
      try (ResultSet positions = statement.executeQuery()) {
        var written = new BitSet(rotations.size());
        while (positions.next()) {
          written.set(positions.getInt(1) - 1);
        }
        return written;
      }
    }
  }

  /** The ids to look for, the last one several times if there are few. */
  private static Array wanted(Connection connection, List<UUID> ids) throws SQLException {
    Object[] padded = Arrays.copyOf(ids.toArray(), Math.max(ids.size(), PLANNED_LENGTH));
    Arrays.fill(padded, ids.size(), padded.length, ids.getLast());
    return connection.createArrayOf("uuid", padded);
  }

  /** One column of rows, after which there are some of nulls if there are few. */
  private static <T> Array array(
      Connection connection, String type, List<T> rows, Function<T, @Nullable Object> column)
      throws SQLException {
    @Nullable Object[] values = rows.stream().map(column).toArray();
    return connection.createArrayOf(
        type, Arrays.copyOf(values, Math.max(values.length, PLANNED_LENGTH)));
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
