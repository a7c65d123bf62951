package dev.latchkey.bootstrap.http;

import dev.latchkey.bootstrap.postgres.DataDirectory;
import dev.latchkey.bootstrap.postgres.EmbeddedDatabase;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** One PostgreSQL for all tests of this package; without it they fail. */
@ContextConfigurer
public final class TestDatabase implements ApplicationContextConfigurer {

  static final String MASTER_KEY = "bWFzdGVyIGtleSBmb3IgdGVzdHMsIDMyIGJ5dGVzISE=";

  private static final EmbeddedDatabase POSTGRES = start();

  private static EmbeddedDatabase start() {
    try {
      Path target = Files.createDirectories(Path.of("target", "data")).toRealPath();
      EmbeddedDatabase postgres =
          EmbeddedDatabase.start(DataDirectory.open(Files.createTempDirectory(target, "http")));
      Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Connection connect() throws SQLException {
    return DriverManager.getConnection(POSTGRES.jdbcUrl(), POSTGRES.username(), POSTGRES.password());
  }

  @Override
  public void configure(ApplicationContextBuilder builder) {
    builder.properties(
        Map.of(
            "datasources.default.url", POSTGRES.jdbcUrl(),
            "datasources.default.username", POSTGRES.username(),
            "datasources.default.password", POSTGRES.password(),
            "latchkey.master-key", MASTER_KEY,
            "latchkey.issuer", "https://auth.example.org",
            "micronaut.server.port", "-1"));
  }
}
