package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * What listeners cost the node that they follow, and the database: nobody, 10, 100 and 1 000 of
 * them, while no session ends and at 20 log-outs a second at another node. Exits with 1 if a
 * listener was refused or found no place, or if the statements grow with the listeners. Its one
 * argument is how many seconds each part lasts.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class FeedCost {

  private static final int DEFAULT_SECONDS = 10;
  private static final List<Integer> LISTENERS = List.of(0, 10, 100, 1000);
  private static final int LOG_OUTS_PER_SECOND = 20;
  private static final int LEAVING = 8;

  /** How much chance may add; a statement for each listener would add hundreds. */
  private static final double MOST_MORE_TRANSACTIONS = 20;

  private final Installation installation;
  private final ServiceProcess followed;
  private final Crowd crowd;
  private final Feed feed;
  private final Duration time;
  private Queue<Reply> sessions = new ArrayDeque<>();

  private FeedCost(Installation installation, Crowd crowd, Duration time) {
    this.installation = installation;
    this.followed = installation.nodes().getLast();
    this.crowd = crowd;
    this.feed = new Feed(followed.address());
    this.time = time;
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(args[0]);
    // Listeners of one network would get a quarter of the places.
    var settings = new HashMap<>(Installation.QUICK_PASSWORDS);
    settings.put("LATCHKEY_HTTP_TRUSTED_PROXIES", "1");
    Installation installation = Installation.withNodes(2, settings);
    for (ServiceProcess node : installation.nodes()) {
      node.start();
    }
    Crowd crowd = Crowd.at(installation.nodes().getFirst().address());
    boolean sound = new FeedCost(installation, crowd, Duration.ofSeconds(seconds)).run();
    System.exit(sound ? 0 : 1);
  }

  private boolean run() throws Exception {
    Sample before = measure(0);
    // All at once, as connections report their log-ins up to ten seconds late, and that is how long
    // it takes to warm up.
    long parts = 1L + LISTENERS.size();
    sessions = crowd.login(Math.toIntExact(parts * LOG_OUTS_PER_SECOND * time.toSeconds()));
    warm();
    System.out.println(
        "| listeners | log-outs a second | processor time of the node, ms a second"
            + " | of it for each listener, µs a second | answers to each listener a second"
            + " | kB of an answer | transactions a second |");
    System.out.println("|---|---|---|---|---|---|---|");
    System.out.printf("| none yet | 0 | | | | | %.0f |%n", before.transactions);
    Map<Integer, Sample> without = new HashMap<>();
    Map<Integer, Double> transactionsOfTen = new HashMap<>();
    boolean sound = true;
    int listening = 0;
    for (int listeners : LISTENERS) {
      for (; listening < listeners; listening++) {
        feed.listen(Networks.stranger(listening), _ -> {});
      }
      for (int perSecond : List.of(0, LOG_OUTS_PER_SECOND)) {
        Sample sample = measure(perSecond);
        if (listeners == 0) {
          without.put(perSecond, sample);
        }
        print(listeners, perSecond, sample, without.getOrDefault(perSecond, sample));
        if (listeners > 0) {
          double first = transactionsOfTen.computeIfAbsent(perSecond, _ -> sample.transactions);
          sound &= sample.transactions <= first + MOST_MORE_TRANSACTIONS;
        }
      }
    }
    feed.failures().forEach(System.out::println);
    System.out.printf("answers to listeners that found no place: %d%n", feed.withoutPlace());
    if (!sound) {
      System.out.println("FAILED: the transactions grow with the listeners");
    }
    return sound && feed.failures().isEmpty() && feed.withoutPlace() == 0;
  }

  /**
   * Until the JVMs are warm. For a minute after that the node goes on reading what is new, although
   * nobody listens: so what is measured without listeners has all that does not depend on them.
   */
  private void warm() throws Exception {
    try (var warming = new Feed(followed.address())) {
      for (int i = 0; i < 100; i++) {
        warming.listen(Networks.stranger(i), _ -> {});
      }
      var _ = measure(LOG_OUTS_PER_SECOND);
    }
  }

  /** Totals since some moment, or what they grew by in each second. */
  private record Sample(double cpuMillis, double answers, double bytes, double transactions) {

    Sample since(Sample before, double seconds) {
      return new Sample(
          (cpuMillis - before.cpuMillis) / seconds,
          (answers - before.answers) / seconds,
          (bytes - before.bytes) / seconds,
          (transactions - before.transactions) / seconds);
    }
  }

  private Sample measure(int perSecond) throws Exception {
    int count = Math.toIntExact(perSecond * time.toSeconds());
    long start = System.nanoTime();
    Sample before = read();
    crowd.inTurn(
        LEAVING,
        count,
        Duration.ofSeconds(1).dividedBy(Math.max(1, perSecond)),
        due -> {
          Crowd.sleepUntil(due);
          var _ = crowd.logOut(sessions.remove());
        });
    Crowd.sleepUntil(start + time.toNanos());
    Sample after = read();
    return after.since(before, (System.nanoTime() - start) / 1e9);
  }

  private Sample read() throws SQLException {
    return new Sample(
        followed.cpuTime().toNanos() / 1e6, feed.answers(), feed.bytes(), transactions());
  }

  /** Each statement of the feed is one; connections report theirs about once a second. */
  private double transactions() throws SQLException {
    try (Connection connection = installation.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")) {
      if (!row.next()) {
        throw new IllegalStateException("PostgreSQL keeps no statistics of the database");
      }
      return row.getDouble(1);
    }
  }

  private static void print(int listeners, int perSecond, Sample sample, Sample without) {
    int each = Math.max(1, listeners);
    System.out.printf(
        "| %s | %d | %.0f | %.0f | %.1f | %.1f | %.0f |%n",
        listeners == 0 ? "none any more" : String.valueOf(listeners),
        perSecond,
        sample.cpuMillis,
        1000 * (sample.cpuMillis - without.cpuMillis) / each,
        sample.answers / each,
        sample.answers == 0 ? 0 : sample.bytes / sample.answers / 1000,
        sample.transactions);
  }
}
