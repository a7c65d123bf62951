package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What 100 000 exchanges cost the database: no row, no index entry, one commit each. Prints
 * PostgreSQL's own figures, and exits with 1 if they say otherwise.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class ExchangeStatistics {

  private static final int SESSIONS = 50;
  private static final int EXCHANGES_EACH = 2_000;
  private static final int EXCHANGES = SESSIONS * EXCHANGES_EACH;
  private static final double LEAST_HOT_SHARE = 0.99;
  private static final double MOST_COMMITS = 1.1;

  private ExchangeStatistics() {}

  public static void main(String[] args) throws Exception {
    Installation installation = Installation.withNodes(1);
    ServiceProcess node = installation.nodes().getFirst();
    try (Connection connection = installation.connect()) {
      node.start();
      List<Reply> sessions = startSessions(node.address());
      node.stop();
      Figures before = Figures.read(connection);
      node.start();
      exchange(node.address(), sessions);
      node.stop();
      System.exit(areGood(before, Figures.read(connection)) ? 0 : 1);
    }
  }

  private static List<Reply> startSessions(URI node) throws InterruptedException {
    var requests = new Requests();
    var sessions = new ArrayList<Reply>();
    for (int i = 0; i < SESSIONS; i++) {
      sessions.add(requests.register(node, "client" + i));
    }
    return sessions;
  }

  private static void exchange(URI node, List<Reply> sessions) throws Exception {
    var requests = new Requests();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all =
          sessions.stream()
              .map(session -> threads.submit(() -> exchange(requests, node, session)))
              .toList();
      for (Future<Integer> one : all) {
        if (one.get() != EXCHANGES_EACH) {
          throw new IllegalStateException("an exchange was not answered with a rotation");
        }
      }
    }
  }

  /** Returns how many were answered with a rotation. */
  private static int exchange(Requests requests, URI node, Reply session)
      throws InterruptedException {
    int rotations = 0;
    String token = session.refreshToken();
    for (int i = 0; i < EXCHANGES_EACH; i++) {
      Reply reply =
          requests.exchange(node, session.event().client(), session.event().session(), token);
      token = reply.refreshToken();
      rotations += reply.event().outcome().equals("rotated") ? 1 : 0;
    }
    return rotations;
  }

  private static boolean areGood(Figures before, Figures after) {
    long updates = after.updates() - before.updates();
    long hot = after.hotUpdates() - before.hotUpdates();
    long commits = after.commits() - before.commits();
    double hotShare = (double) hot / updates;
    double commitsEach = (double) commits / EXCHANGES;
    System.out.printf("exchanges            %9d%n", EXCHANGES);
    System.out.printf("sessions             %9d%n", SESSIONS);
    System.out.printf(
        "rows                 %9d   (n_live_tup %d)%n", after.rows(), after.liveRows());
    System.out.printf("n_tup_upd            %9d%n", updates);
    System.out.printf("n_tup_hot_upd        %9d   (%.3f %%)%n", hot, 100 * hotShare);
    System.out.printf(
        "commits              %9d   (%.4f for each exchange)%n", commits, commitsEach);
    System.out.printf("table, in bytes      %9d   (before: %d)%n", after.bytes(), before.bytes());
    return after.rows() == SESSIONS
        && updates == EXCHANGES
        && hotShare > LEAST_HOT_SHARE
        && commitsEach <= MOST_COMMITS;
  }

  /**
   * PostgreSQL's statistics of the sessions' table, and the commits of the whole database, this
   * reader's included.
   */
  private record Figures(
      long rows, long liveRows, long updates, long hotUpdates, long commits, long bytes) {

    private static final String OTHERS =
        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <>"
            + " pg_backend_pid()";

    private static final String QUERY =
        """
        SELECT (SELECT count(*) FROM sessions), n_live_tup, n_tup_upd, n_tup_hot_upd, xact_commit,
               pg_table_size('sessions')
        FROM pg_stat_user_tables, pg_stat_database
        WHERE relname = 'sessions' AND datname = current_database()
        """;

    /** Connections report what they did at their end, so this waits for the end of all others. */
    static Figures read(Connection connection) throws SQLException, InterruptedException {
      try (Statement statement = connection.createStatement()) {
        while (otherConnections(statement) > 0) {
          Thread.sleep(Duration.ofMillis(100));
        }
        try (ResultSet row = statement.executeQuery(QUERY)) {
          if (!row.next()) {
            throw new IllegalStateException("PostgreSQL keeps no statistics of the sessions");
          }
          return new Figures(
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6));
        }
      }
    }

    private static long otherConnections(Statement statement) throws SQLException {
      try (ResultSet row = statement.executeQuery(OTHERS)) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
