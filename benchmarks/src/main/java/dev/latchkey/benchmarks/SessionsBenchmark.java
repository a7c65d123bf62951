package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.installation.Costs;
import dev.latchkey.benchmarks.installation.Installation;
import dev.latchkey.benchmarks.installation.ManySessions;
import dev.latchkey.benchmarks.load.ClosedLoop;
import dev.latchkey.benchmarks.load.Measurement;
import dev.latchkey.benchmarks.load.SessionOwner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What exchanges cost while the table of sessions grows. Each exchange is of a session chosen at
 * random among all, so that the rows are cold. The embedded PostgreSQL keeps 64 MB by itself
 * ({@code shared_buffers}). Once table and indexes have outgrown them, rows come from the page
 * cache of the operating system: it is not the disk that is measured.
 *
 * <p>PostgreSQL logs the whole page with its first change after a checkpoint, of which there is one
 * every five minutes: a run that follows one writes many times the usual WAL bytes.
 *
 * <pre>
 * SessionsBenchmark [--sessions=1000,10000,100000,1000000] [--users=32] [--seconds=15] [--warm-up=60] [-X…]
 * </pre>
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class SessionsBenchmark {

  private List<Integer> counts = List.of(1000, 10_000, 100_000, 1_000_000);
  private int users = 32;
  private Duration time = Duration.ofSeconds(15);
  private Duration warmUp = Duration.ofSeconds(60);
  private final List<String> options = new ArrayList<>();

  private SessionsBenchmark(String[] arguments) {
    for (String argument : arguments) {
      read(argument);
    }
  }

  private void read(String argument) {
    String value = argument.substring(argument.indexOf('=') + 1);
    switch (argument.replaceFirst("=.*", "")) {
      case "--sessions" ->
          counts = List.of(value.split(",")).stream().map(Integer::valueOf).sorted().toList();
      case "--users" -> users = Integer.parseInt(value);
      case "--seconds" -> time = Duration.ofSeconds(Integer.parseInt(value));
      case "--warm-up" -> warmUp = Duration.ofSeconds(Integer.parseInt(value));
      default -> options.add(argument);
    }
  }

  public static void main(String[] arguments) throws Exception {
    new SessionsBenchmark(arguments).run();
    System.exit(0);
  }

  private void run() throws Exception {
    try (Installation installation = Installation.start(options, Map.of())) {
      ClosedLoop.of(installation.address(), 1).close();
      var sessions = new ManySessions(installation, counts.getLast());
      sessions.fillUpTo(counts.getFirst());
      var _ = exchange(installation, sessions, warmUp);
      System.out.println(
          "| sessions | table MB | indexes MB | /s | p50 ms | p99 ms | max ms | service µs |"
              + " database µs | WAL bytes |");
      System.out.println("|---|---|---|---|---|---|---|---|---|---|");
      for (int count : counts) {
        sessions.fillUpTo(count);
        measure(installation, sessions);
      }
    }
  }

  private Measurement exchange(Installation installation, ManySessions sessions, Duration time)
      throws Exception {
    try (var owners = SessionOwner.share(installation.address(), sessions, users)) {
      return owners.run(SessionOwner::exchange, time);
    }
  }

  private void measure(Installation installation, ManySessions sessions) throws Exception {
    ManySessions.Size size = sessions.size();
    Costs before = Costs.upToNow(installation);
    Measurement measurement = exchange(installation, sessions, time);
    Costs.Each each = Costs.upToNow(installation).minus(before).each(measurement.count());
    System.out.printf(
        Locale.ROOT,
        "| %d | %.1f | %.1f | %.0f | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f |%n",
        sessions.count(),
        size.table(),
        size.indexes(),
        measurement.perSecond(),
        measurement.percentile(50),
        measurement.percentile(99),
        measurement.percentile(100),
        each.serviceMicros(),
        each.databaseMicros(),
        each.walBytes());
  }
}
