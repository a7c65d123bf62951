package dev.latchkey.bootstrap.http;

import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import io.micronaut.context.DefaultApplicationContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** One PostgreSQL for all tests of this package; without it they fail. */
public class TestDatabase extends DefaultApplicationContextBuilder {

  static final String MASTER_KEY = "bWFzdGVyIGtleSBmb3IgdGVzdHMsIDMyIGJ5dGVzISE=";

  private static final EmbeddedDatabase POSTGRES = startPostgres();

  @SuppressWarnings("this-escape") // the framework takes its settings this way
  public TestDatabase() {
    var properties = new HashMap<>(properties());
    properties.put("latchkey.issuer", "https://auth.example.org");
    properties.put("micronaut.server.port", "-1");
    properties(properties);
  }

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

  /** What the service must be told to use this database. */
  public static Map<String, Object> properties() {
    return propertiesFor(POSTGRES);
  }

  public static Map<String, Object> propertiesFor(EmbeddedDatabase postgres) {
    return Map.of(
        "datasources.default.url", postgres.jdbcUrl(),
        "datasources.default.username", postgres.username(),
        "datasources.default.password", postgres.password(),
        "latchkey.master-key", MASTER_KEY,
        "latchkey.signing-keys.check-interval",
            "1d"); // tests set the time; no key is to be rotated for that
  }
}
