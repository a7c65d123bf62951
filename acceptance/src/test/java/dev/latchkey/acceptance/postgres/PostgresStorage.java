package dev.latchkey.acceptance.postgres;

import static java.util.stream.Collectors.joining;

import dev.latchkey.adapters.web.http.TestStorage;
import dev.latchkey.testkit.RecordedMails;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables in PostgreSQL; on it runs the complete service, as {@code bootstrap} wires it. */
public final class PostgresStorage implements TestStorage {

  private static final AtomicInteger OTHERS = new AtomicInteger();

  private final Map<String, Object> database;
  private @Nullable Connection observer;

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
    // Many nodes share one database, and most have nothing to do.
    all.put("datasources.default.maximum-pool-size", "4");
    all.put("datasources.default.minimum-idle", "1");
    all.put("datasources.default.idle-timeout", "10000");
    all.putAll(settings);
    ApplicationContext context = ApplicationContext.builder(all).build();
    context.registerSingleton(new RecordedMails());
    return context.start().getBean(EmbeddedServer.class).start();
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

  /**
   * How many rows there are, and the latest transaction that wrote one of those that are left.
   * Without mail and codes, which a job works on at any time.
   */
  @Override
  public synchronized Object contents() {
    try (PreparedStatement statement =
            observer()
                .prepareStatement(
                    Stream.of(
                            "users",
                            "sessions",
                            "signing_keys",
                            "registrations",
                            "released_usernames",
                            "deleted_sessions")
                        .map(
                            table ->
                                "SELECT '%1$s', count(*), max(xmin::text::bigint) FROM %1$s"
                                    .formatted(table))
                        .collect(joining(" UNION ALL ")));
        ResultSet table = statement.executeQuery()) {
      var contents = new ArrayList<String>();
      while (table.next()) {
        contents.add(table.getString(1) + " " + table.getLong(2) + " " + table.getLong(3));
      }
      return contents;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One connection that is kept, since hundreds of tests look at the contents. */
  private Connection observer() throws SQLException {
    Connection open = observer;
    if (open == null) {
      open = connect();
      observer = open;
    }
    return open;
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
