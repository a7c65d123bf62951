package dev.latchkey.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of an earlier version, in which the service's role is the superuser, goes on with an
 * ordinary one.
 */
@Timeout(120)
final class DemotedRoleTest {

  /**
   * One of everything that has an owner, and that earlier services or their operators may have
   * made.
   */
  private static final List<String> OBJECTS =
      List.of(
          "CREATE TABLE numbered (id serial PRIMARY KEY, at int GENERATED ALWAYS AS IDENTITY, text"
              + " text)",
          "INSERT INTO numbered (text) VALUES ('kept')",
          "CREATE SEQUENCE alone",
          "CREATE VIEW seen AS SELECT text FROM numbered",
          "CREATE MATERIALIZED VIEW stored AS SELECT text FROM numbered",
          "CREATE TYPE mood AS ENUM ('good')",
          "CREATE TYPE pair AS (one int, other int)",
          "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
          "CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1",
          "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int)",
          "CREATE TABLE parted (id int) PARTITION BY RANGE (id)",
          "CREATE TABLE part PARTITION OF parted DEFAULT",
          "CREATE SCHEMA \"Other one\"",
          "CREATE TABLE \"Other one\".\"Table\" (id int)");

  private static final List<String> MIGRATIONS =
      List.of(
          "ALTER TABLE numbered ADD COLUMN more int",
          "INSERT INTO numbered (text) VALUES ('new')",
          "CREATE INDEX by_text ON numbered (text)",
          "ALTER SEQUENCE alone RESTART",
          "CREATE OR REPLACE VIEW seen AS SELECT text FROM numbered",
          "REFRESH MATERIALIZED VIEW stored",
          "ALTER TYPE mood ADD VALUE 'better'",
          "ALTER TYPE pair ADD ATTRIBUTE third int",
          "ALTER DOMAIN positive DROP CONSTRAINT positive_check",
          "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1",
          "DROP AGGREGATE total(int)",
          "ALTER TABLE parted ADD COLUMN more int",
          "DROP TABLE part",
          "CREATE TABLE \"Other one\".another (id int)",
          "DROP SCHEMA \"Other one\" CASCADE",
          "CREATE TABLE new_one (id int)");

  @TempDir(factory = BelowTarget.class)
  Path temp;

  private DataDirectory directory;

  @BeforeEach
  void open() {
    directory = DataDirectory.open(temp);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void ownsAndMayChangeEverythingThatItOwnedAsSuperuser() throws Exception {
    try (OldCluster old = OldCluster.in(directory);
        Connection connection = old.connect()) {
      assertThat(isSuperuser(connection)).isTrue();
      executeAll(connection, OBJECTS);
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, "latchkey");
        Connection connection = connect(database)) {
      assertThat(isSuperuser(connection)).isFalse();
      assertThat(query(connection, "SELECT text FROM numbered")).isEqualTo("kept");
      executeAll(connection, MIGRATIONS);
    }
  }

  @Test
  void isDemotedAfterAServiceWasKilledWhileItDemotedIt() throws Exception {
    try (OldCluster old = OldCluster.in(directory);
        Connection connection = old.connect()) {
      executeAll(connection, OBJECTS);
    }
    Process halfWay =
        PostgresPrograms.in(directory.resolve("runtime"))
            .start(
                "postgres",
                "--single",
                "-j",
                "-D",
                directory.resolve("postgres").toString(),
                "latchkey");
    OutputStream statements = halfWay.getOutputStream();
    statements.write(
        "BEGIN;\n\nCREATE ROLE latchkey_handover SUPERUSER;\n\n".getBytes(StandardCharsets.UTF_8));
    statements.flush();
    readPrompts(3, halfWay);

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, "latchkey");
        Connection connection = connect(database)) {
      assertThat(halfWay.isAlive()).isFalse();
      assertThat(isSuperuser(connection)).isFalse();
      assertThat(query(connection, "SELECT text FROM numbered")).isEqualTo("kept");
    }
  }

  @Test
  void isDemotedOnceThoughAServiceWasKilledBeforeItCouldNoteThat() throws Exception {
    List<String> connections;
    try (OldCluster old = OldCluster.in(directory);
        Connection connection = old.connect()) {
      connections = old.connections();
      executeAll(connection, OBJECTS);
    }
    EmbeddedDatabase.start(directory, "latchkey").close();
    Files.write(directory.resolve("postgres/pg_hba.conf"), connections);

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, "latchkey");
        Connection connection = connect(database)) {
      assertThat(isSuperuser(connection)).isFalse();
      executeAll(connection, MIGRATIONS);
    }
    assertThat(directory.resolve("postgres/pg_hba.conf"))
        .hasContent(new Roles("latchkey").connections());
  }

  @Test
  void isNotFoundByCommandsWhileItIsDemoted() throws IOException {
    Files.createDirectory(directory.resolve("postgres"));
    Files.write(
        directory.resolve("postgres/postmaster.pid"),
        List.of("-7", "/data", "1", "5432", "", "", "", "ready"));

    assertThatThrownBy(() -> RunningDatabase.in(temp, "latchkey"))
        .isInstanceOf(EmbeddedPostgresException.class)
        .hasMessageContaining("not ready yet");
  }

  /** The first says that it is ready, each other that a statement was executed. */
  private static void readPrompts(int count, Process singleUser) throws IOException {
    var said = new StringBuilder();
    Reader output = singleUser.inputReader();
    for (int prompts = 0; prompts < count; ) {
      int next = output.read();
      assertThat(next).as(said.toString()).isNotEqualTo(-1);
      said.append((char) next);
      prompts += said.toString().endsWith("backend> ") ? 1 : 0;
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }

  private static boolean isSuperuser(Connection connection) throws SQLException {
    return query(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        .equals("t");
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void executeAll(Connection connection, List<String> statements)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
