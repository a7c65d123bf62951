package dev.latchkey.benchmarks.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * What has been used up to a moment; the difference of two is what a run has cost.
 *
 * @param service processor time of the service
 * @param database processor time of PostgreSQL, with all its processes
 * @param load processor time of this process
 * @param commits of all transactions, by PostgreSQL's statistics
 * @param walBytes written to the write-ahead log
 */
public record Costs(
    Duration service, Duration database, Duration load, long commits, long walBytes) {

  /** PostgreSQL's processes report what they have counted once a second. */
  private static final Duration UNTIL_REPORTED = Duration.ofMillis(1500);

  public static Costs upToNow(Installation installation)
      throws IOException, SQLException, InterruptedException {
    Thread.sleep(UNTIL_REPORTED);
    try (Connection connection = installation.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()),
                  pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
                """)) {
      if (!row.next()) {
        throw new IllegalStateException("PostgreSQL has no statistics");
      }
      return new Costs(
          ProcessorTime.of(installation.service()),
          ProcessorTime.withChildren(postmaster(installation)),
          ProcessorTime.of(ProcessHandle.current()),
          row.getLong(1),
          row.getLong(2));
    }
  }

  private static ProcessHandle postmaster(Installation installation) throws IOException {
    List<String> lines = Files.readAllLines(installation.postmasterFile());
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElseThrow();
  }

  public Costs minus(Costs before) {
    return new Costs(
        service.minus(before.service),
        database.minus(before.database),
        load.minus(before.load),
        commits - before.commits,
        walBytes - before.walBytes);
  }

  /** What each of so many requests has cost. */
  public Each each(long requests) {
    double count = requests;
    return new Each(
        micros(service) / count,
        micros(database) / count,
        micros(load) / count,
        commits / count,
        walBytes / count);
  }

  private static double micros(Duration time) {
    return time.toNanos() / 1000.0;
  }

  /** The costs of one request. */
  public record Each(
      double serviceMicros,
      double databaseMicros,
      double loadMicros,
      double commits,
      double walBytes) {}
}
