package dev.latchkey.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.TestCluster;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.value.MapPropertyResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the schema when the adapters start, and what of the start. */
@Timeout(120)
final class SchemaAtStartTest {

  /**
   * Nobody who only reads waits for longer than a migration does; the rest is for slow machines.
   */
  private static final int SECONDS_TO_ANSWER = 20;

  @TempDir(factory = BelowTarget.class)
  Path folder;

  private Path later;
  private TestCluster server;

  @BeforeEach
  void start() throws IOException {
    later = Files.createDirectory(folder.resolve("later"));
    server = TestCluster.in(Files.createDirectory(folder.resolve("server")));
    PostgresServer.start(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void withoutMigrationASchemaThatIsTooOldIsRefused() throws IOException {
    assertThat(schema(Map.of()).migrate().executed()).isPositive();
    write("V900__later.sql", "CREATE TABLE later (id int);");

    assertThatThrownBy(() -> PostgresServer.adaptersOn(server, withLater(false)))
        .rootCause()
        .asInstanceOf(throwable(OutdatedSchemaException.class))
        .satisfies(e -> assertThat(e.needed()).isEqualTo("900"))
        .satisfies(e -> assertThat(e.found()).matches("\\d{1,2}"));
    assertThat(query("SELECT to_regclass('later') IS NULL")).isEqualTo("t");
  }

  @Test
  void withoutMigrationADatabaseWithoutASchemaIsRefused() {
    assertThatThrownBy(
            () -> PostgresServer.adaptersOn(server, Map.of("latchkey.migration.enabled", false)))
        .rootCause()
        .asInstanceOf(throwable(OutdatedSchemaException.class))
        .satisfies(e -> assertThat(e.found()).isEqualTo("none"));
    assertThat(query("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEqualTo("0");
  }

  @Test
  void aSchemaThatANewerVersionHasMigratedIsAccepted() throws IOException {
    write("V900__later.sql", "CREATE TABLE later (id int);");
    assertThat(schema(withLater(true)).migrate().version()).isEqualTo("900");

    for (boolean migrates : new boolean[] {true, false}) {
      try (ApplicationContext older =
          PostgresServer.adaptersOn(server, Map.of("latchkey.migration.enabled", migrates))) {
        assertThat(older.isRunning()).isTrue();
      }
    }
    assertThat(query("SELECT to_regclass('later') IS NOT NULL")).isEqualTo("t");
  }

  @Test
  void migratingTwiceIsMigratingOnce() {
    Schema.Migrated first = schema(Map.of()).migrate();

    assertThat(schema(Map.of()).migrate()).isEqualTo(new Schema.Migrated(0, first.version()));
  }

  /** Otherwise everybody who only wants to read the table would wait behind the migration. */
  @Test
  void aMigrationThatWaitsForATableInUseLetsOthersPassAndIsTriedAgain() throws Exception {
    schema(Map.of()).migrate();
    write("V900__later.sql", "ALTER TABLE users ADD COLUMN later int;");
    try (Connection user = server.connect();
        Statement statement = user.createStatement()) {
      user.setAutoCommit(false);
      var _ = statement.execute("SELECT FROM users");
      CompletableFuture<Schema.Migrated> migrating =
          CompletableFuture.supplyAsync(
              () -> schema(withLater(true)).migrate(), Thread::startVirtualThread);
      while (query("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
        Thread.onSpinWait();
      }

      assertThat(query("SELECT count(*) FROM users")).isEqualTo("0");

      user.commit();
      assertThat(migrating.join().version()).isEqualTo("900");
    }
  }

  @Test
  void aMigrationThatFailsLeavesTheSchemaAsItWas() throws IOException {
    schema(Map.of()).migrate();
    write("V900__later.sql", "CREATE TABLE later (id int); SELECT 1 / 0;");

    assertThatThrownBy(() -> schema(withLater(true)).migrate()).isInstanceOf(FlywayException.class);
    assertThat(query("SELECT to_regclass('later') IS NULL")).isEqualTo("t");
  }

  @Test
  void anIndexIsAddedWithoutKeepingAnybodyFromWriting() throws IOException {
    schema(Map.of()).migrate();
    write("V900__later.sql", "CREATE INDEX CONCURRENTLY later ON users (created_at);");

    assertThat(schema(withLater(true)).migrate().executed()).isOne();

    assertThat(query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'later'::regclass"))
        .isEqualTo("t");
  }

  private void write(String name, String sql) throws IOException {
    Files.writeString(later.resolve(name), sql);
  }

  private Map<String, Object> withLater(boolean migrates) {
    return Map.of(
        "flyway.locations",
        "classpath:db/migration,filesystem:" + later,
        "latchkey.migration.enabled",
        migrates);
  }

  private Schema schema(Map<String, Object> more) {
    var settings = new HashMap<String, Object>(more);
    settings.put("datasources.default.url", server.url());
    settings.put("datasources.default.username", TestCluster.SUPERUSER);
    return Schema.of(new MapPropertyResolver(settings));
  }

  private String query(String sql) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(SECONDS_TO_ANSWER);
      ResultSet row = statement.executeQuery(sql);
      assertThat(row.next()).isTrue();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
