package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.adapters.security.key.MasterKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * Two nodes behind HAProxy on a PostgreSQL under Patroni, whose primary fails under load, in one
 * round after the other: with synchronous replication, and with a replica that lags behind. Prints
 * what happened and what must not have happened, and exits with 1 if there is any of that.
 *
 * <p>Its arguments are how many rounds of each kind there are, how the primary fails ({@code crash}
 * or {@code freeze}), and who finds the primary for the nodes ({@code proxy} or {@code driver}).
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class LoadWithFailover {

  private static final long WARNINGS_PER_FAILURE = 20;

  private LoadWithFailover() {}

  /** How a machine fails. */
  enum Failure {
    /** All its processes are killed; connections are closed at once. */
    CRASH,
    /** It says nothing more for a while, and then goes on as if nothing had been. */
    FREEZE
  }

  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(argument(args, 0, "1"));
    var failure = Failure.valueOf(argument(args, 1, "crash").toUpperCase(Locale.ROOT));
    boolean byDriver = argument(args, 2, "proxy").equals("driver");

    Cluster cluster = Cluster.start(Path.of("..", "operation"));
    List<ServiceProcess> nodes =
        startNodes(cluster, byDriver ? cluster.urlByDriver() : cluster.urlByProxy());
    awaitReadiness(cluster.clients());

    var reports = new ArrayList<FailoverReport>();
    for (int round = 1; round <= rounds; round++) {
      for (boolean synchronous : new boolean[] {true, false}) {
        System.out.printf(
            "%n--- round %d, %s, %s%n",
            round, failure, synchronous ? "synchronous" : "asynchronous, with a lagging replica");
        cluster.setSynchronous(synchronous);
        FailoverReport report =
            new FailoverRound(cluster, failure, synchronous, reports.size()).play();
        System.out.println(report.text());
        reports.add(report);
      }
    }
    System.out.println();
    System.out.println(FailoverReport.HEADING);
    reports.forEach(report -> System.out.println(report.line()));
    boolean logsAreShort = logsAreShort(nodes, reports.size());
    boolean clean = logsAreShort && reports.stream().allMatch(FailoverReport::isClean);
    if (clean) {
      cluster.close();
      cluster.deleteFolder();
    } else {
      System.out.println("The logs are in " + cluster.folder());
    }
    System.exit(clean ? 0 : 1);
  }

  private static String argument(String[] args, int index, String otherwise) {
    return args.length > index ? args[index] : otherwise;
  }

  private static List<ServiceProcess> startNodes(Cluster cluster, String url) throws Exception {
    var nodes = new ArrayList<ServiceProcess>();
    String masterKey = MasterKeys.generate(new SecureRandom()).revealSetting();
    for (int number : List.of(1, 2)) {
      var settings = new HashMap<>(Installation.QUICK_PASSWORDS);
      settings.putAll(cluster.settingsOfNode(number, url));
      settings.put("LATCHKEY_MASTER_KEY", masterKey);
      ServiceProcess node = ServiceProcess.forLoad(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(node::close, "end-of-node" + number));
      node.start();
      nodes.add(node);
    }
    return nodes;
  }

  /** However many requests were refused, a failure is a few lines, and no stack trace. */
  private static boolean logsAreShort(List<ServiceProcess> nodes, int failures) {
    boolean isShort = true;
    for (ServiceProcess node : nodes) {
      node.stop();
      List<String> lines = node.saidSince();
      long warnings =
          lines.stream()
              .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
              .filter(line -> !line.contains("security event")) // of thieves, not of the database
              .count();
      long traces = lines.stream().filter(line -> line.startsWith("\tat ")).count();
      System.out.printf("log of a node: %d warnings, %d lines of stack traces%n", warnings, traces);
      isShort &= traces == 0 && warnings <= WARNINGS_PER_FAILURE * failures;
    }
    return isShort;
  }

  private static void awaitReadiness(URI clients) throws Exception {
    var readiness = HttpRequest.newBuilder(clients.resolve("/health/readiness")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (http.send(readiness, BodyHandlers.discarding()).statusCode() != 200) {
        Thread.sleep(200);
      }
    }
  }
}
