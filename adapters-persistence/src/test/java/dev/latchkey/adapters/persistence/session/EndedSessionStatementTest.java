package dev.latchkey.adapters.persistence.session;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.User;
import dev.latchkey.testkit.Stores;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the feed of ended sessions reads, at the database itself. */
final class EndedSessionStatementTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Stores stores = PostgresServer.emptyStores();
  private final User ada = aUser().build();

  @BeforeEach
  void addAda() {
    assertThat(stores.users().add(ada)).isEqualTo(Addition.ADDED);
  }

  /** Its time is that of the log-out; until the commit nobody can know of it. */
  @Test
  void seesWhatOthersRevokedEarlyAsSoonAsTheyCommitIt() throws SQLException {
    Session session = added();
    try (var other = PostgresServer.database().getConnection();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      assertThat(
              statement.executeUpdate(
                  "UPDATE sessions SET revoked_at = '2026-01-01T00:00:01Z', revocation_reason ="
                      + " 'LOGGED_OUT'"))
          .isOne();
      assertThat(stores.endedSessions().latest(START, 10)).isEmpty();

      other.commit();
    }

    assertThat(stores.endedSessions().latest(START, 10))
        .containsExactly(new EndedSession(session.id(), START.plusSeconds(1)));
  }

  @Test
  void readsBothTablesByTheirIndexesOnTheTime() throws SQLException {
    PostgresServer.execute(
        """
        INSERT INTO sessions (id, user_id, generation, master_key_id, salt, started_at, rotated_at,
          idle_expires_at, absolute_expires_at, revoked_at, revocation_reason)
        SELECT gen_random_uuid(), id, 0, 1, decode(repeat('00', 16), 'hex'), now(), now(), now(), now(),
          CASE WHEN n % 2 = 0 THEN timestamptz '2025-01-01' + n * interval '1 minute' END,
          CASE WHEN n % 2 = 0 THEN 'LOGGED_OUT' END
        FROM users, generate_series(1, 20000) AS n;
        INSERT INTO deleted_sessions
        SELECT gen_random_uuid(), timestamptz '2025-01-01' + n * interval '1 minute'
        FROM generate_series(1, 20000) AS n;
        ANALYZE sessions, deleted_sessions
        """);

    assertThat(plan("force_custom_plan"))
        .contains("sessions_by_revocation", "deleted_sessions_by_time")
        .doesNotContain("Seq Scan");
    assertThat(plan("force_generic_plan"))
        .contains("sessions_by_revocation", "deleted_sessions_by_time")
        .doesNotContain("Seq Scan");
  }

  private static String plan(String mode) throws SQLException {
    String numbered = EndedSessionStatement.LATEST;
    for (int i = 1; numbered.contains("?"); i++) {
      numbered = numbered.replaceFirst("\\?", "\\$" + i);
    }
    var lines = new ArrayList<String>();
    try (var connection = PostgresServer.database().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SET plan_cache_mode = " + mode);
      statement.execute(
          "PREPARE latest (timestamptz, bigint, timestamptz, bigint, bigint) AS " + numbered);
      try (var rows =
          statement.executeQuery(
              "EXPLAIN EXECUTE latest ('2025-01-14', 50001, '2025-01-14', 50001, 50001)")) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
      statement.execute("DEALLOCATE latest");
      statement.execute("RESET plan_cache_mode");
    }
    return String.join("\n", lines);
  }

  /** A page of them is more than a fetch of the driver; none is lost or doubled. */
  @Test
  void readsManyAtOnce() {
    var added = new ArrayList<EndedSession>();
    for (int i = 0; i < 300; i++) {
      Session session = added();
      Instant at = START.plusSeconds(i);
      assertThat(
              stores
                  .sessions()
                  .revoke(session.id(), new Revocation(at, Revocation.Reason.LOGGED_OUT)))
          .isTrue();
      added.add(new EndedSession(session.id(), at));
    }

    List<EndedSession> found = stores.endedSessions().latest(START.minusSeconds(1), 1000);

    assertThat(found).containsExactlyElementsOf(added.reversed());
  }

  private Session added() {
    Session session = aSession().withUser(ada).build();
    stores.sessions().add(session);
    return session;
  }
}
