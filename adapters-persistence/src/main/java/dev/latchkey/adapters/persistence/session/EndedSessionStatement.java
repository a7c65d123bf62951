package dev.latchkey.adapters.persistence.session;

import dev.latchkey.adapters.persistence.connection.Outages;
import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.session.SessionId;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The statement that a node with listeners executes several times a second. It is written by hand,
 * since it may return tens of thousands of rows. Both tables are read from the ends of their
 * indexes on the time.
 */
@Singleton
final class EndedSessionStatement {

  static final String LATEST =
      """
      SELECT id, ended_at FROM (
        (SELECT id, revoked_at AS ended_at FROM sessions WHERE revoked_at > ?
         ORDER BY revoked_at DESC LIMIT ?)
        UNION ALL
        (SELECT id, ended_at FROM deleted_sessions WHERE ended_at > ?
         ORDER BY ended_at DESC LIMIT ?)) AS ended
      ORDER BY ended_at DESC LIMIT ?
      """;

  private final ConnectionOperations<Connection> connections;

  EndedSessionStatement(ConnectionOperations<Connection> connections) {
    this.connections = connections;
  }

  List<EndedSession> execute(Instant after, int limit) {
    return Outages.translate(
        () ->
            connections.executeRead(
                status -> {
                  try {
                    return execute(status.getConnection(), after, limit);
                  } catch (SQLException e) {
                    throw new DataAccessException("the ended sessions were not read", e);
                  }
                }));
  }

  private static List<EndedSession> execute(Connection connection, Instant after, int limit)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LATEST)) {
      OffsetDateTime time = after.atOffset(ZoneOffset.UTC);
      statement.setObject(1, time);
      statement.setInt(2, limit);
      statement.setObject(3, time);
      statement.setInt(4, limit);
      statement.setInt(5, limit);
      try (ResultSet rows = statement.executeQuery()) {
        var found = new ArrayList<EndedSession>();
        while (rows.next()) {
          found.add(
              new EndedSession(
                  new SessionId(rows.getObject(1, UUID.class)),
                  rows.getObject(2, OffsetDateTime.class).toInstant()));
        }
        return found;
      }
    }
  }
}
