package dev.latchkey.acceptance.postgres;

import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** One PostgreSQL for all tests of a process; without it they fail. */
public final class TestDatabase {

  private static final EmbeddedDatabase POSTGRES = startPostgres();

  private TestDatabase() {}

  private static EmbeddedDatabase startPostgres() {
    try {
      Path target = Files.createDirectories(Path.of("target", "data")).toRealPath();
      EmbeddedDatabase postgres =
          EmbeddedDatabase.start(
              DataDirectory.open(Files.createTempDirectory(target, "http")), "latchkey");
      Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        POSTGRES.jdbcUrl(), POSTGRES.username(), POSTGRES.password());
  }

  /** The settings with which a service uses this database. */
  public static Map<String, Object> settings() {
    return settingsFor(POSTGRES);
  }

  public static Map<String, Object> settingsFor(EmbeddedDatabase postgres) {
    return Map.of(
        "datasources.default.url", postgres.jdbcUrl(),
        "datasources.default.username", postgres.username(),
        "datasources.default.password", postgres.password());
  }
}
