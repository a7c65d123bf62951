package dev.latchkey.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every schema serves the version before it, and migrates under load. */
final class MigrationFilesTest {

  private static final Path FILES = Path.of("src/main/resources/db/migration");

  /** From before there was a version before. A migration that has been executed never changes. */
  private static final List<String> BEFORE_THE_RULES = List.of("V1", "V2", "V3", "V4", "V5", "V6");

  @Test
  void everyMigrationServesTheVersionBeforeAndLocksNoTableForLong() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      List<Path> migrations =
          files.filter(file -> file.getFileName().toString().startsWith("V")).toList();

      assertThat(migrations).hasSizeGreaterThanOrEqualTo(BEFORE_THE_RULES.size());
      for (Path file : migrations) {
        String name = file.getFileName().toString();
        if (!BEFORE_THE_RULES.contains(name.substring(0, name.indexOf("__")))) {
          assertThat(MigrationRules.brokenBy(Files.readString(file))).as(name).isEmpty();
        }
      }
    }
  }

  /** With it the previous version is shown to serve such a schema, by .ci/rolling-upgrade. */
  @Test
  void theExampleOfANextVersionKeepsTheRules() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../acceptance/src/test/resources/db/next"))) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(
              file -> assertThat(MigrationRules.brokenBy(Files.readString(file))).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE users",
        "DROP VIEW users_with_cost",
        "ALTER TABLE users DROP COLUMN email",
        "ALTER TABLE users RENAME COLUMN email TO address",
        "ALTER TABLE users RENAME TO people",
        "ALTER TABLE users ALTER COLUMN status DROP DEFAULT",
        "ALTER TABLE users ALTER email TYPE varchar(9), ALTER COLUMN email TYPE varchar(9)",
        "ALTER TABLE users ALTER COLUMN email SET DATA TYPE varchar(9)",
        "ALTER TABLE users ALTER COLUMN first_name SET NOT NULL",
        "ALTER TABLE users ADD COLUMN a int NOT NULL",
        "ALTER TABLE users ADD COLUMN a int DEFAULT 1, ADD COLUMN b int NOT NULL",
        "ALTER TABLE users ADD CONSTRAINT c CHECK (email <> '') NOT VALID",
        "CREATE UNIQUE INDEX CONCURRENTLY i ON users (created_at)",
        "REVOKE SELECT ON users FROM latchkey"
      })
  void whatTheVersionBeforeCannotServeIsFoundUnlessTheFileSaysThatItNoLongerUsesIt(String sql) {
    assertThat(MigrationRules.brokenBy("-- A comment.\n" + sql + ";"))
        .anySatisfy(broken -> assertThat(broken).contains("serves the version before no longer"));
    assertThat(MigrationRules.brokenBy("-- Contracts: it is used no longer.\n" + sql + ";"))
        .noneSatisfy(broken -> assertThat(broken).contains("serves the version before no longer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX i ON users (created_at)",
        "CREATE UNIQUE INDEX i ON users (created_at)",
        "DROP INDEX i",
        "ALTER TABLE users ADD CONSTRAINT c CHECK (email <> '')",
        "ALTER TABLE users ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES sessions",
        "ALTER TABLE users ADD CONSTRAINT c UNIQUE (created_at)",
        "ALTER TABLE users ALTER COLUMN email TYPE varchar(9)",
        "ALTER TABLE users ADD COLUMN a uuid DEFAULT gen_random_uuid()",
        "ALTER TABLE users ADD COLUMN a text GENERATED ALWAYS AS (email) STORED",
        "ALTER TABLE users ADD COLUMN a bigserial",
        "UPDATE users SET first_name = NULL",
        "DELETE FROM sessions",
        "LOCK TABLE users",
        "TRUNCATE attempts",
        "SET lock_timeout = 0",
        "ALTER TABLE users ADD COLUMN a int; ALTER TABLE sessions ADD COLUMN a int",
        "ALTER TABLE users ADD COLUMN a int; CREATE OR REPLACE VIEW v AS SELECT 1",
        "CREATE TABLE t (id int); CREATE INDEX i ON users (created_at)",
        "CREATE TABLE t (id int); CREATE INDEX CONCURRENTLY i ON t (id)"
      })
  void whatKeepsOthersFromATableForLongIsFoundWhateverTheFileSays(String sql) {
    assertThat(MigrationRules.brokenBy("-- Contracts: nothing.\n" + sql + ";")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (id int NOT NULL); CREATE UNIQUE INDEX i ON t (id); ALTER TABLE t ADD"
            + " CONSTRAINT c CHECK (id > 0)",
        "ALTER TABLE users ADD COLUMN a int, ADD COLUMN b int NOT NULL DEFAULT 1",
        "ALTER TABLE users ADD COLUMN a int DEFAULT 1 NOT NULL",
        "ALTER TABLE users ADD COLUMN a int NOT NULL DEFAULT 1, ADD COLUMN b int",
        "ALTER TABLE users ALTER COLUMN email DROP NOT NULL",
        "ALTER TABLE users DROP CONSTRAINT users_status_is_known",
        "ALTER TABLE users VALIDATE CONSTRAINT c",
        "DROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY i ON users (created_at)",
        "UPDATE users SET first_name = NULL WHERE first_name = ''",
        "COMMENT ON TABLE users IS 'Nobody can rename it; drop table users'",
        "CREATE VIEW v AS SELECT 1 -- rename"
      })
  void whatServesBothPasses(String sql) {
    assertThat(MigrationRules.brokenBy(sql + ";")).isEmpty();
  }
}
