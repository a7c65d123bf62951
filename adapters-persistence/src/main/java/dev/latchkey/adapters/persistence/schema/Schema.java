package dev.latchkey.adapters.persistence.schema;

import io.micronaut.core.value.PropertyResolver;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema of the configured database. A newer one is accepted, since every schema serves the
 * version before it (docs/adr/0029-the-schema-serves-two-versions.md).
 *
 * <p>It has connections of its own, and a role of its own if there is one: a migration of a large
 * table takes longer than any request may.
 */
public final class Schema {

  private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
  private static final String NONE = "none";

  /** How often a migration that gave up waiting is tried again, from its beginning. */
  private static final int TRIES = 10;

  /**
   * PostgreSQL's lock_not_available and deadlock_detected: whoever has the lock goes on, and the
   * migration begins anew.
   */
  private static final Set<String> LOCKED_OUT = Set.of("55P03", "40P01");

  private final FluentConfiguration migrating;
  private final FluentConfiguration serving;

  private Schema(FluentConfiguration migrating, FluentConfiguration serving) {
    this.migrating = migrating;
    this.serving = serving;
  }

  /** The schema of the database that the settings {@code datasources.default.*} name. */
  public static Schema of(PropertyResolver settings) {
    String username = text(settings, "datasources.default.username").orElse("");
    String password = text(settings, "datasources.default.password").orElse("");
    Optional<String> migratesAs = text(settings, "latchkey.migration.username");
    return new Schema(
        as(
            settings,
            migratesAs.orElse(username),
            migratesAs.isEmpty()
                ? password
                : text(settings, "latchkey.migration.password").orElse("")),
        as(settings, username, password));
  }

  private static Optional<String> text(PropertyResolver settings, String name) {
    return settings.getProperty(name, String.class).filter(text -> !text.isBlank());
  }

  private static FluentConfiguration as(
      PropertyResolver settings, String username, String password) {
    return Flyway.configure()
        .dataSource(
            new SchemaConnections(
                settings.getRequiredProperty("datasources.default.url", String.class),
                username,
                password))
        .locations(text(settings, "flyway.locations").orElse("classpath:db/migration").split(","))
        .ignoreMigrationPatterns("*:future")
        // The lock that keeps other nodes from migrating at the same time belongs to a session: a
        // transaction that stays open would keep CREATE INDEX CONCURRENTLY waiting for ever.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
  }

  /**
   * What a migration has done.
   *
   * @param executed how many migrations
   * @param version of the schema now
   */
  public record Migrated(int executed, String version) {}

  /**
   * Brings the schema to what this version needs; does nothing if that has been done, or if the
   * schema is newer. Of several processes at once one does it, and the others wait.
   *
   * @throws FlywayException if it cannot be done; each migration is executed wholly or not at all,
   *     but for those that say they cannot be
   */
  public Migrated migrate() {
    Flyway flyway = migrating.load();
    for (int left = TRIES - 1; left > 0; left--) {
      try {
        return migrateWith(flyway);
      } catch (FlywayException e) {
        if (!isLockedOut(e)) {
          throw e;
        }
        LOG.warn("A migration waits for a table that is in use; it is tried again");
      }
    }
    return migrateWith(flyway);
  }

  private static Migrated migrateWith(Flyway flyway) {
    MigrateResult result = flyway.migrate();
    return new Migrated(result.migrationsExecuted, currentOf(flyway.info()));
  }

  private static boolean isLockedOut(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof SQLException e
                    && e.getSQLState() != null
                    && LOCKED_OUT.contains(e.getSQLState()));
  }

  /**
   * Changes nothing; needs permission to read {@code flyway_schema_history} alone.
   *
   * @throws OutdatedSchemaException if a migration that this version needs was not executed
   * @throws FlywayException if the database cannot be used
   */
  void requireCurrent() {
    MigrationInfoService info = serving.load().info();
    Arrays.stream(info.pending())
        .map(MigrationInfo::getVersion)
        .reduce((_, later) -> later)
        .ifPresent(
            needed -> {
              throw new OutdatedSchemaException(currentOf(info), needed.getVersion());
            });
  }

  private static String currentOf(MigrationInfoService info) {
    return Optional.ofNullable(info.current())
        .map(MigrationInfo::getVersion)
        .map(MigrationVersion::getVersion)
        .orElse(NONE);
  }
}
