package dev.latchkey.benchmarks;

import dev.latchkey.benchmarks.installation.Costs;
import dev.latchkey.benchmarks.installation.Installation;
import dev.latchkey.benchmarks.installation.PgBench;
import dev.latchkey.benchmarks.load.ClosedLoop;
import dev.latchkey.benchmarks.load.Measurement;
import dev.latchkey.benchmarks.load.Operation;
import dev.latchkey.benchmarks.load.VirtualUser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the service does a second, by HTTP, in rounds: each measures everything once, one after the
 * other, so that a machine that gets slower does so for all. Service, database and load share the
 * machine.
 *
 * <pre>HttpBenchmark [--rounds=3] [--seconds=15] [--warm-up=40] [--users=8,32] [OPERATION…] [-X…]
 * </pre>
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class HttpBenchmark {

  private static final int USERS_OF_THE_REST = 32;

  private static final Set<Operation> EXCHANGES =
      Set.of(Operation.EXCHANGE, Operation.BOUND_EXCHANGE);

  private int rounds = 3;
  private Duration time = Duration.ofSeconds(15);
  private Duration warmUp = Duration.ofSeconds(40);
  private List<Integer> users = List.of(8, 32);
  private final Set<Operation> operations = EnumSet.noneOf(Operation.class);
  private final List<String> options = new ArrayList<>();

  private HttpBenchmark(String[] arguments) {
    for (String argument : arguments) {
      read(argument);
    }
    if (operations.isEmpty()) {
      operations.addAll(EnumSet.allOf(Operation.class));
    }
  }

  private void read(String argument) {
    String value = argument.substring(argument.indexOf('=') + 1);
    switch (argument.replaceFirst("=.*", "")) {
      case "--rounds" -> rounds = Integer.parseInt(value);
      case "--seconds" -> time = Duration.ofSeconds(Integer.parseInt(value));
      case "--warm-up" -> warmUp = Duration.ofSeconds(Integer.parseInt(value));
      case "--users" -> users = List.of(value.split(",")).stream().map(Integer::valueOf).toList();
      default -> {
        if (argument.startsWith("-")) {
          options.add(argument);
        } else {
          operations.add(Operation.valueOf(argument.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    new HttpBenchmark(arguments).run();
    System.exit(0);
  }

  private void run() throws Exception {
    var settings =
        Map.of(
            "LATCHKEY_CLIENTS",
            VirtualUser.CLIENTS,
            "LATCHKEY_LIMITS_REGISTRATIONS_PER_NETWORK",
            "999999");
    try (Installation installation = Installation.start(options, settings)) {
      warmUp(installation);
      System.out.println(
          "| round | what | users | /s | p50 ms | p99 ms | max ms | service µs | database µs | load"
              + " µs | commits | WAL bytes |");
      System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
      for (int round = 1; round <= rounds; round++) {
        measure(installation, round);
      }
    }
  }

  private void warmUp(Installation installation) throws Exception {
    for (Operation operation : operations) {
      try (var loop = loop(installation, operation, USERS_OF_THE_REST)) {
        var _ =
            loop.run(
                operation,
                EXCHANGES.contains(operation) ? warmUp : warmUp.dividedBy(operations.size()));
      }
    }
  }

  private static ClosedLoop<VirtualUser> loop(
      Installation installation, Operation operation, int count) throws IOException {
    return operation.needsBoundSessions()
        ? ClosedLoop.ofBound(installation.address(), count)
        : ClosedLoop.of(installation.address(), count);
  }

  private void measure(Installation installation, int round) throws Exception {
    for (int count : users) {
      System.out.printf(
          Locale.ROOT,
          "| %d | pgbench: the UPDATE of an exchange | %d | %.0f | | | | | | | | |%n",
          round,
          count,
          PgBench.updatesPerSecond(installation, count, time));
    }
    for (Operation operation : operations) {
      boolean isOfMostInterest = EXCHANGES.contains(operation) || operation == Operation.EMPTY_POST;
      for (int count : isOfMostInterest ? users : List.of(USERS_OF_THE_REST)) {
        measure(installation, round, operation, count);
      }
    }
  }

  private void measure(Installation installation, int round, Operation operation, int count)
      throws Exception {
    try (var loop = loop(installation, operation, count)) {
      Costs before = Costs.upToNow(installation);
      Measurement measurement = loop.run(operation, time);
      Costs.Each each = Costs.upToNow(installation).minus(before).each(measurement.count());
      System.out.printf(
          Locale.ROOT,
          "| %d | %s | %d | %.0f | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f | %.2f | %.0f |%n",
          round,
          operation.request(),
          count,
          measurement.perSecond(),
          measurement.percentile(50),
          measurement.percentile(99),
          measurement.percentile(100),
          each.serviceMicros(),
          each.databaseMicros(),
          each.loadMicros(),
          each.commits(),
          each.walBytes());
    }
  }
}
