package dev.latchkey.adapters.persistence.connection;

import dev.latchkey.application.port.StorageUnavailableException;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Finds out whether the database is available now. */
@Singleton
public final class DatabaseProbe {

  /** Touches no row, and no page; a server that can only be read refuses it all the same. */
  private static final String WRITE_NOTHING = "UPDATE signing_keys SET number = number WHERE false";

  private final ConnectionOperations<Connection> connections;

  DatabaseProbe(ConnectionOperations<Connection> connections) {
    this.connections = connections;
  }

  /**
   * Writes nothing, but needs the permission to. A question whether the database is read-only would
   * leave a connection that is in the pool; a statement that fails makes room for one to the
   * primary, also on a node that nobody else uses.
   *
   * @throws StorageUnavailableException if the database is out of reach, or can only be read
   */
  public void requireWritable() {
    int _ =
        Outages.translate(
            () -> connections.executeWrite(status -> writeNothing(status.getConnection())));
  }

  private static int writeNothing(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(WRITE_NOTHING);
    } catch (SQLException e) {
      throw new DataAccessException("the database cannot be written", e);
    }
  }
}
