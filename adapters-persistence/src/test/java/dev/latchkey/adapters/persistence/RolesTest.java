package dev.latchkey.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.TestCluster;
import dev.latchkey.testkit.UserMother;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The roles of {@code operation/roles.sql}. That they suffice for everything the adapters do is
 * shown by all other tests, which connect as them.
 */
final class RolesTest {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  @TempDir(factory = BelowTarget.class)
  static Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE INDEX mine ON users (created_at)",
        "CREATE TRIGGER mine BEFORE INSERT ON users EXECUTE FUNCTION"
            + " suppress_redundant_updates_trigger()",
        "CREATE ROLE mine",
        "ALTER TABLE users ADD COLUMN mine int",
        "ALTER TABLE sessions DISABLE TRIGGER ALL",
        "ALTER ROLE latchkey_service CREATEDB",
        "DROP TABLE users",
        "DROP VIEW users_with_cost",
        "TRUNCATE users, sessions",
        "SET ROLE latchkey_migration",
        "INSERT INTO flyway_schema_history SELECT * FROM flyway_schema_history",
        "UPDATE flyway_schema_history SET checksum = 0",
        "DELETE FROM flyway_schema_history",
        "SELECT rolpassword FROM pg_authid",
        "COPY users TO PROGRAM 'cat'",
        "SELECT pg_read_file('PG_VERSION')"
      })
  void theServiceMayDoNothingButReadAndWriteRows(String statement) {
    assertThat(PostgresServer.bean(Users.class)).isNotNull(); // the tables are there

    assertThatThrownBy(() -> executeAs("latchkey_service", statement))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(INSUFFICIENT_PRIVILEGE));
  }

  @Test
  void theServiceMayReadAndWriteATableThatALaterMigrationAdds() throws SQLException {
    assertThat(PostgresServer.bean(Users.class)).isNotNull();
    executeAs(
        "latchkey_migration", "CREATE TABLE later (id int GENERATED ALWAYS AS IDENTITY, n serial)");

    executeAs("latchkey_service", "INSERT INTO later DEFAULT VALUES");
    executeAs("latchkey_service", "UPDATE later SET n = 2");
    executeAs("latchkey_service", "DELETE FROM later");

    executeAs("latchkey_migration", "DROP TABLE later");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATE ROLE mine", "SELECT rolpassword FROM pg_authid"})
  void theRoleThatMigratesIsNoSuperuserEither(String statement) {
    assertThatThrownBy(() -> executeAs("latchkey_migration", statement))
        .hasMessageContaining("permission denied");
  }

  @Test
  void nobodyElseMayConnect() throws SQLException {
    PostgresServer.execute("CREATE ROLE stranger LOGIN");

    assertThatThrownBy(() -> executeAs("stranger", "SELECT 1"))
        .hasMessageContaining("permission denied for database");

    PostgresServer.execute("DROP ROLE stranger");
  }

  /** So an operator may separate the roles whenever it suits, and execute the file as often. */
  @Test
  void takeOverADatabaseThatOneRoleHasMigratedAndServed() throws IOException, SQLException {
    var ada = UserMother.aUser().build();
    try (TestCluster server = TestCluster.in(data)) {
      PostgresServer.start(server);
      server.execute("CREATE ROLE one LOGIN", "GRANT CREATE ON SCHEMA public TO one");
      try (ApplicationContext before =
          PostgresServer.adaptersOn(server, Map.of("datasources.default.username", "one"))) {
        assertThat(before.getBean(Users.class).add(ada)).isEqualTo(Users.Addition.ADDED);
      }

      server.execute(Files.readString(PostgresServer.ROLES));
      server.execute(Files.readString(PostgresServer.ROLES));

      assertThat(ownersIn(server)).isEqualTo("latchkey_migration");
      assertThatThrownBy(
              () ->
                  executeAs(server.url(), "latchkey_service", "DELETE FROM flyway_schema_history"))
          .hasMessageContaining("permission denied");
      try (ApplicationContext after =
          PostgresServer.adaptersOn(server, PostgresServer.inTheirRoles())) {
        assertThat(after.getBean(Users.class).find(ada.id())).contains(ada);
      }
    }
  }

  private static String ownersIn(TestCluster server) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT string_agg(DISTINCT relowner::regrole::text, ' ') FROM pg_class WHERE"
                    + " relnamespace = 'public'::regnamespace")) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private static void executeAs(String role, String statement) throws SQLException {
    executeAs(PostgresServer.url(), role, statement);
  }

  private static void executeAs(String url, String role, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, role, "");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false); // and nothing is committed
      var _ = statement.execute(sql);
      if (!sql.startsWith("DELETE")) {
        connection.commit();
      }
    }
  }
}
