package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.latchkey.acceptance.postgres.ClockOfTests;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.persistence.clock.DatabaseClock;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.application.port.in.session.DeleteEndedSessions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** For a minute the clock of the database is 400 days ahead, and everything looks long past. */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class DatabaseClockThatJumpsTest {

  private static final String SCHEMA = "jumping";
  private static final String CLOCK = "jumping_clock";

  @Test
  void destroysNothing() throws Exception {
    try (TestSchema schema = TestSchema.create(SCHEMA);
        TestSchema _ = TestSchema.create(CLOCK)) {
      makeClock();
      // A function of ours is found before the one that it stands for.
      String url = schema.url() + "," + CLOCK + ",pg_catalog";
      try (Node node =
          Node.start(Map.of("datasources.default.url", url, ClockOfTests.OFF, "true"))) {
        String token = node.client().newcomer().refresh();
        assertThat(node.rotateSigningKey()).isInstanceOf(RotateSigningKey.Result.Added.class);

        jump(node, 400);
        cleanUp(node);
        assertThat(count("sessions")).isOne();
        assertThat(count("signing_keys WHERE sealed_private_key IS NOT NULL")).isEqualTo(2);
        assertThat(count("signing_keys")).isEqualTo(2);

        jump(node, 0);
        cleanUp(node);
        Answer answer = node.client().refresh(token).hasStatus(200);
        node.client().me(answer.accessToken()).hasStatus(200);
        assertThat(count("signing_keys")).isEqualTo(2);
      }
    }
  }

  /** As the jobs do. */
  private static void cleanUp(Node node) {
    var _ = node.bean(DeleteEndedSessions.class).execute();
    var _ = node.maintainSigningKeys();
  }

  private static void makeClock() throws SQLException {
    TestSchema.execute("CREATE TABLE " + CLOCK + ".jump AS SELECT 0 AS days");
    TestSchema.execute(
        """
        CREATE FUNCTION %1$s.clock_timestamp() RETURNS timestamptz LANGUAGE sql
        AS 'SELECT pg_catalog.clock_timestamp() + make_interval(days => days) FROM %1$s.jump'
        """
            .formatted(CLOCK));
  }

  /** The node goes by the new time as soon as it asks for it. */
  private static void jump(Node node, int days) throws SQLException {
    TestSchema.execute("UPDATE " + CLOCK + ".jump SET days = " + days);
    node.bean(DatabaseClock.class).synchronise();
    assertThat(node.bean(InstantSource.class).instant())
        .isCloseTo(Instant.now().plus(Duration.ofDays(days)), within(1, ChronoUnit.HOURS));
  }

  private static int count(String rows) throws SQLException {
    try (var connection = TestDatabase.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT count(*) FROM " + SCHEMA + "." + rows)) {
      assertThat(result.next()).isTrue();
      return result.getInt(1);
    }
  }
}
