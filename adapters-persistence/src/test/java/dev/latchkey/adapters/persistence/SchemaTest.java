package dev.latchkey.adapters.persistence;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.user.User;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the database itself promises, whoever writes to it. */
final class SchemaTest {

  private final Users users = PostgresServer.bean(Users.class);
  private final Sessions sessions = PostgresServer.bean(Sessions.class);

  @BeforeEach
  void empty() {
    PostgresServer.empty();
  }

  @Test
  void migratingADatabaseThatIsUpToDateDoesNothing() {
    Flyway flyway = Flyway.configure().dataSource(PostgresServer.database()).load();

    assertThat(flyway.info().applied()).isNotEmpty();
    assertThat(flyway.migrate().migrationsExecuted).isZero();
  }

  @Test
  void aNewDatabaseHasNoAccount() throws SQLException {
    PostgresServer.execute("DROP SCHEMA IF EXISTS fresh CASCADE");
    Flyway flyway =
        Flyway.configure().dataSource(PostgresServer.database()).schemas("fresh").load();

    assertThat(flyway.migrate().migrationsExecuted).isPositive();

    try (Connection connection = PostgresServer.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet accounts = statement.executeQuery("SELECT 1 FROM fresh.users")) {
      assertThat(accounts.next()).isFalse();
    }
    PostgresServer.execute("DROP SCHEMA fresh CASCADE");
  }

  @Test
  void noIndexHasAColumnThatAnExchangeWrites() throws SQLException {
    assertThat(indexedColumns("sessions"))
        .contains("id", "user_id")
        .doesNotContain(
            "generation", "master_key_id", "rotated_at", "idle_expires_at", "exchange_key_hash");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          users    | status = 'SLEEPING'                                         | users_status_is_known
          sessions | generation = -1                                             | sessions_generation_counts
          sessions | master_key_id = 256                                         | sessions_master_key_id_is_a_byte
          sessions | salt = 'short'                                              | sessions_salt_has_16_bytes
          sessions | idle_expires_at = absolute_expires_at + interval '1 second' | sessions_idle_within_absolute
          sessions | revoked_at = now()                                          | sessions_revoked_for_a_reason
          sessions | revocation_reason = 'LOGGED_OUT'                            | sessions_revoked_for_a_reason
          sessions | user_id = gen_random_uuid()                                 | sessions_user_id_fkey
          """)
  void refusesNonsense(String table, String change, String constraint) {
    User user = aUser().build();
    assertThat(users.add(user)).isEqualTo(Users.Addition.ADDED);
    sessions.add(aSession().withUser(user).build());

    assertThatThrownBy(() -> PostgresServer.execute("UPDATE " + table + " SET " + change))
        .hasMessageContaining(constraint);
  }

  @Test
  void theSessionsOfAUserGoWithTheUser() {
    User user = aUser().build();
    var session = aSession().withUser(user).build();
    assertThat(users.add(user)).isEqualTo(Users.Addition.ADDED);
    sessions.add(session);

    PostgresServer.execute("DELETE FROM users");

    assertThat(sessions.find(session.id())).isEmpty();
  }

  /** All columns of all indexes of a table, of their expressions and of their conditions. */
  private static List<String> indexedColumns(String table) throws SQLException {
    String sql =
        """
        SELECT DISTINCT a.attname
        FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum > 0
        WHERE i.indrelid = '%s'::regclass
          AND (a.attnum = ANY (i.indkey) OR pg_get_indexdef(i.indexrelid) ~ ('\\m' || a.attname || '\\M'))
        """
            .formatted(table);
    try (Connection connection = PostgresServer.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> columns = new ArrayList<>();
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
      return columns;
    }
  }
}
