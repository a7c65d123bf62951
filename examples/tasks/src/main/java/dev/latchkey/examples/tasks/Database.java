package dev.latchkey.examples.tasks;

import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the tasks are: in the PostgreSQL that is configured, or else in an embedded one. It is no
 * database of Latchkey's.
 *
 * @param settings that follow from the choice
 */
record Database(String description, Map<String, Object> settings, Runnable stop)
    implements AutoCloseable {

  private static final String URL = "datasources.default.url";
  private static final String NAME = "tasks";

  /**
   * @throws dev.latchkey.embeddedpostgres.EmbeddedPostgresException if none is configured, and
   *     there is no embedded one to be had
   */
  static Database open() {
    try (ApplicationContext context =
        ApplicationContext.builder().banner(false).deduceEnvironment(false).build()) {
      Environment environment = context.getEnvironment().start();
      return environment.containsProperty(URL)
          ? new Database("PostgreSQL, as configured", Map.of(), () -> {})
          : embedded(Path.of(environment.getRequiredProperty("tasks.data-dir", String.class)));
    }
  }

  static Database embedded(Path directory) {
    DataDirectory data = DataDirectory.open(directory);
    try {
      EmbeddedDatabase database = EmbeddedDatabase.start(data, NAME);
      return new Database(
          "embedded PostgreSQL, data in " + directory.toAbsolutePath().normalize(),
          Map.of(
              URL,
              database.jdbcUrl(),
              "datasources.default.username",
              database.username(),
              "datasources.default.password",
              database.password()),
          () -> {
            database.close();
            data.close();
          });
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  @Override
  public void close() {
    stop.run();
  }

  /** Redacted: the settings have a password. */
  @Override
  public String toString() {
    return "Database[" + description + "]";
  }
}
