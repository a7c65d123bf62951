package dev.latchkey.acceptance.postgres;

import dev.latchkey.adapters.web.http.TestStorage;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Tables in PostgreSQL; on it runs the complete service, as {@code bootstrap} wires it. */
public final class PostgresStorage implements TestStorage {

  private static final AtomicInteger OTHERS = new AtomicInteger();

  private final Map<String, Object> database;

  /** The database that all tests share. */
  public PostgresStorage() {
    this(TestDatabase.settings());
  }

  private PostgresStorage(Map<String, Object> database) {
    this.database = database;
  }

  @Override
  public EmbeddedServer startNode(Map<String, Object> settings) {
    var all = new HashMap<>(database);
    all.put("datasources.default.maximum-pool-size", "4"); // many nodes share one database
    all.putAll(settings);
    return ApplicationContext.run(EmbeddedServer.class, all);
  }

  @Override
  public TestStorage another() {
    try {
      var settings = new HashMap<>(database);
      settings.put(
          "datasources.default.url",
          TestSchema.create("another_" + OTHERS.incrementAndGet()).url());
      return new PostgresStorage(settings);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(setting("url"), setting("username"), setting("password"));
  }

  private String setting(String name) {
    return String.valueOf(database.get("datasources.default." + name));
  }

  /** How many rows there are, and a digest of them all. */
  @Override
  public Object contents() {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM sessions),"
                    + " (SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM users u),"
                    + " (SELECT md5(string_agg(s::text, '|' ORDER BY id)) FROM sessions s)");
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException("there is no row");
      }
      return List.of(
          row.getInt(1) + " users",
          row.getInt(2) + " sessions",
          String.valueOf(row.getString(3)),
          String.valueOf(row.getString(4)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void deleteUser(UUID id) {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("DELETE FROM users WHERE id = ?")) {
      statement.setObject(1, id);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("there is no such user");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
