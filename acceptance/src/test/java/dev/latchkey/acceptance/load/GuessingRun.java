package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What guesses at one account come to: 10 000 from one address and at another account 10 000 from
 * 1000 addresses, on 50 connections without a pause. Prints how many passwords were tried for real,
 * what the owner noticed who logged in every second on a device and on a network that the account
 * knows, and what a guess cost the database. Before that the owner is alone for a while, to compare
 * with. It judges nothing: the figures depend on the machine.
 *
 * <p>Its argument is how many guesses there are.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class GuessingRun {

  private static final int DEFAULT_GUESSES = 10_000;
  private static final int CONNECTIONS = 50;
  private static final int SECONDS_ALONE = 30;

  /**
   * A connection of PostgreSQL that does nothing reports what it did before after 10 seconds at the
   * latest.
   */
  private static final Duration UNTIL_REPORTED = Duration.ofSeconds(12);

  private final Requests requests = new Requests();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final URI node;
  private final Connection database;

  private GuessingRun(URI node, Connection database) {
    this.node = node;
    this.database = database;
  }

  public static void main(String[] args) throws Exception {
    int guesses = args.length == 0 ? DEFAULT_GUESSES : Integer.parseInt(args[0]);
    Installation installation =
        Installation.withNodes(1, Map.of("LATCHKEY_HTTP_TRUSTED_PROXIES", "1"));
    ServiceProcess node = installation.nodes().getFirst();
    node.start();
    try (Connection database = installation.connect()) {
      var run = new GuessingRun(node.address(), database);
      run.attack("warm", 1000, CONNECTIONS, SECONDS_ALONE);
      System.out.println("the owner                 " + Waits.HEADING);
      for (int addresses : List.of(1, 1000)) {
        run.attack("owner" + addresses, guesses, addresses, SECONDS_ALONE).print();
      }
    }
    System.exit(0);
  }

  /** First the owner alone, then also those who guess. */
  private Outcome attack(String owner, int guesses, int addresses, int secondsAlone)
      throws Exception {
    Reply device = requests.from(Networks.HOME).register(node, owner);
    if (device.event().status() != 201) {
      throw new IllegalStateException("the owner could not be registered: " + device);
    }
    Observed alone =
        observe(owner, device.refreshToken(), () -> Thread.sleep(Duration.ofSeconds(secondsAlone)));
    String token = alone.refreshToken();
    var answers = new Waits();
    Observed attacked = observe(owner, token, () -> guess(owner, guesses, addresses, answers));
    return new Outcome(addresses, guesses, answers, alone, attacked);
  }

  private void guess(String owner, int guesses, int addresses, Waits answers) throws Exception {
    var next = new AtomicInteger();
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < CONNECTIONS; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < guesses; n = next.getAndIncrement()) {
                  Requests stranger = requests.from(Networks.stranger(n % addresses));
                  timed(answers, () -> stranger.guess(node, owner));
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  /** What the owner and the database notice while something goes on. */
  private Observed observe(String owner, String token, Action meanwhile) throws Exception {
    Thread.sleep(UNTIL_REPORTED);
    Figures before = Figures.read(database);
    Counters eventsBefore = counters();
    var going = new AtomicBoolean(true);
    var onNetwork = new Waits();
    var onDevice = new Waits();
    long start = System.nanoTime();
    Future<String> network =
        threads.submit(
            () -> {
              Requests home = requests.from(Networks.HOME);
              while (going.get()) {
                timed(onNetwork, () -> home.login(node, owner));
                Thread.sleep(Duration.ofSeconds(1));
              }
              return "";
            });
    Future<String> device = threads.submit(() -> logInOnDevice(owner, token, going, onDevice));
    meanwhile.run();
    going.set(false);
    String latest = device.get();
    network.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    Counters events = counters().minus(eventsBefore);
    Thread.sleep(UNTIL_REPORTED);
    Figures work = Figures.read(database).minus(before);
    return new Observed(seconds, onDevice, onNetwork, latest, events, work);
  }

  /** Each log-in ends the session of the one before. Returns the latest refresh token. */
  private String logInOnDevice(String owner, String token, AtomicBoolean going, Waits waits)
      throws InterruptedException, ExecutionException {
    String latest = token;
    int number = 0;
    while (going.get()) {
      String shown = latest;
      // Never twice from one network, or it would be known by itself.
      Requests abroad = requests.from(Networks.abroad(number++));
      Reply reply = timed(waits, () -> abroad.loginOn(node, owner, shown));
      latest = reply.refreshToken().isEmpty() ? latest : reply.refreshToken();
      Thread.sleep(Duration.ofSeconds(1));
    }
    return latest;
  }

  private static Reply timed(Waits waits, Sending sending) throws InterruptedException {
    long sent = System.nanoTime();
    Reply reply = sending.send();
    waits.add(System.nanoTime() - sent, GuessingLoad.answerOf(reply));
    return reply;
  }

  private Counters counters() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(node.resolve("/prometheus")).build();
    String metrics = http.send(request, BodyHandlers.ofString()).body();
    return new Counters(counter(metrics, "login_refused"), counter(metrics, "login_delayed"));
  }

  private static long counter(String metrics, String type) {
    Matcher line =
        Pattern.compile("latchkey_events_total\\{[^}]*type=\"" + type + "\"[^}]*} ([0-9.E]+)")
            .matcher(metrics);
    if (!line.find()) {
      throw new IllegalStateException("no metric counts " + type);
    }
    return (long) Double.parseDouble(line.group(1));
  }

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }

  @FunctionalInterface
  private interface Sending {
    Reply send() throws InterruptedException;
  }

  /** Events of log-ins, as the metrics count them. */
  private record Counters(long refused, long delayed) {

    Counters minus(Counters before) {
      return new Counters(refused - before.refused, delayed - before.delayed);
    }
  }

  /**
   * @param refreshToken the latest one of the owner's device
   */
  private record Observed(
      double seconds,
      Waits onDevice,
      Waits onNetwork,
      String refreshToken,
      Counters events,
      Figures work) {

    void print(String when) {
      System.out.printf("%-18s device  %s%n", when, onDevice.summary(seconds));
      System.out.printf("%-18s network %s%n", when, onNetwork.summary(seconds));
    }
  }

  private record Outcome(
      int addresses, int guesses, Waits answers, Observed alone, Observed attacked) {

    void print() {
      alone.print("alone");
      attacked.print(guesses + " from " + addresses);
      System.out.printf("%-18s guesses %s%n", "", answers.summary(attacked.seconds()));
      System.out.printf(
          "  tried for real: %d by their answers, %d by the event login_refused; delayed: %d by the"
              + " event login_delayed; %.0f seconds%n",
          answers.count("401 invalid_credentials"),
          attacked.events().refused(),
          attacked.events().delayed(),
          attacked.seconds());
      attacked.work().less(alone.work(), attacked.seconds() / alone.seconds()).print(guesses);
    }
  }

  /**
   * PostgreSQL's statistics of the database: transactions, rows that were read by a scan or by an
   * index, rows that were written, bytes of the write-ahead log.
   */
  private record Figures(
      double commits,
      double read,
      double fetched,
      double inserted,
      double updated,
      double deleted,
      double walBytes) {

    private static final String QUERY =
        """
        SELECT xact_commit, tup_returned, tup_fetched, tup_inserted, tup_updated, tup_deleted,
               pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')
        FROM pg_stat_database WHERE datname = current_database()
        """;

    static Figures read(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(QUERY)) {
        row.next();
        return new Figures(
            row.getDouble(1),
            row.getDouble(2),
            row.getDouble(3),
            row.getDouble(4),
            row.getDouble(5),
            row.getDouble(6),
            row.getDouble(7));
      }
    }

    Figures minus(Figures before) {
      return less(before, 1);
    }

    /** Without that many times the others. */
    Figures less(Figures others, double times) {
      return new Figures(
          commits - times * others.commits,
          read - times * others.read,
          fetched - times * others.fetched,
          inserted - times * others.inserted,
          updated - times * others.updated,
          deleted - times * others.deleted,
          walBytes - times * others.walBytes);
    }

    void print(int guesses) {
      System.out.printf(
          "  per guess, the owner's log-ins taken off: %.2f commits, %.1f rows read (%.1f by an"
              + " index), %.3f inserted, %.3f updated, %.3f deleted, %.0f bytes of WAL%n",
          commits / guesses,
          read / guesses,
          fetched / guesses,
          inserted / guesses,
          updated / guesses,
          deleted / guesses,
          walBytes / guesses);
    }
  }
}
