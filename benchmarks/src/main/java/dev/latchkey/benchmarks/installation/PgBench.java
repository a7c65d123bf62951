package dev.latchkey.benchmarks.installation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often PostgreSQL alone runs the {@code UPDATE} of an exchange: the limit of every service
 * that waits until a rotation is on the disk. It is PostgreSQL's own program, from its package
 * {@code postgresql-contrib} or {@code postgresql}.
 */
public final class PgBench {

  /** Each client has a session of its own, and counts its generation, as a virtual user does. */
  private static final String SCRIPT =
      """
      UPDATE sessions
      SET generation = :g::int + 1, master_key_id = 1, rotated_at = now(),
        idle_expires_at = absolute_expires_at, exchange_key_hash = NULL
      WHERE id = ('00000000-0000-4000-8000-' || lpad(to_hex(:client_id::int), 12, '0'))::uuid
        AND generation = :g::int AND revoked_at IS NULL;
      \\set g :g + 1
      """;

  private static final String SESSIONS =
      """
      INSERT INTO sessions (id, user_id, client_id, generation, master_key_id, salt, started_at, rotated_at,
        idle_expires_at, absolute_expires_at, client_address, client_network, user_agent)
      SELECT ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, user_id, client_id, 0, 1, salt,
        started_at, rotated_at, idle_expires_at, absolute_expires_at, client_address, client_network, user_agent
      FROM (SELECT * FROM sessions LIMIT 1) AS any_session, generate_series(0, 99) AS n
      ON CONFLICT (id) DO UPDATE SET generation = 0
      """;

  private static final Pattern PER_SECOND = Pattern.compile("(?m)^tps = (?<tps>[0-9.]+) ");
  private static final Pattern PROCESSED =
      Pattern.compile("(?m)^number of transactions actually processed: (?<count>[0-9]+)");

  private PgBench() {}

  /** Updates a second by that many clients. */
  public static double updatesPerSecond(Installation installation, int clients, Duration time)
      throws IOException, SQLException {
    try (Connection connection = installation.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(SESSIONS);
      String report = run(installation, clients, time);
      requireThatEachUpdateHit(statement, number(PROCESSED, report));
      return number(PER_SECOND, report);
    }
  }

  private static String run(Installation installation, int clients, Duration time)
      throws IOException {
    Path script = Files.createTempFile("exchange", ".sql");
    try {
      Files.writeString(script, SCRIPT);
      String url = installation.database().jdbcUrl().replaceFirst("^jdbc:", "");
      var builder =
          new ProcessBuilder(
                  "pgbench",
                  "--no-vacuum",
                  "--protocol=prepared",
                  "--define=g=0",
                  "--client=" + clients,
                  "--jobs=1",
                  "--time=" + time.toSeconds(),
                  "--file=" + script,
                  url.replaceFirst("\\?.*", ""))
              .redirectErrorStream(true);
      builder.environment().put("PGUSER", installation.database().username());
      builder.environment().put("PGPASSWORD", installation.database().password());
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.onExit().join().exitValue() != 0) {
        throw new IOException("pgbench: " + said);
      }
      return said;
    } finally {
      Files.delete(script);
    }
  }

  /** An update that touches no row is cheap, and would be a limit that nobody can reach. */
  private static void requireThatEachUpdateHit(Statement statement, double processed)
      throws SQLException {
    try (ResultSet sum =
        statement.executeQuery(
            "SELECT sum(generation) FROM sessions WHERE id::text LIKE '00000000-%'")) {
      if (!sum.next() || sum.getLong(1) != (long) processed) {
        throw new IllegalStateException("pgbench has updated no rows");
      }
    }
  }

  private static double number(Pattern pattern, String report) {
    Matcher matcher = pattern.matcher(report);
    if (!matcher.find()) {
      throw new IllegalStateException(report);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
