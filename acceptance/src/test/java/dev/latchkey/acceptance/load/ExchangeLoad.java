package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.load.Event.Call;
import dev.latchkey.acceptance.load.HistoryChecker.Violation;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Clients that exchange all the time, each time with a node at random, whatever becomes of the
 * nodes; and the history of what they saw.
 */
@SuppressWarnings("SystemOut") // part of programs for the person at the terminal
final class ExchangeLoad {

  /** After the end, clients may still ask until they are answered, but not for ever. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** The service's own is 60 seconds, by its own clock. */
  private static final Duration RETRY_WINDOW = Duration.ofSeconds(59);

  private final Requests requests = new Requests();
  private final Device.Surroundings surroundings;
  private final Queue<Event> history = new ConcurrentLinkedQueue<>();
  private final List<Future<?>> clients = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<? extends Device.Node> nodes;
  private final Duration pace;
  private final AtomicLong end = new AtomicLong(Long.MAX_VALUE / 2);
  private volatile boolean over;

  /**
   * @param pace how long a client waits at most between two exchanges
   */
  ExchangeLoad(List<? extends Device.Node> nodes, Duration pace) {
    this.nodes = nodes;
    this.pace = pace;
    this.surroundings =
        new Device.Surroundings(
            requests,
            this::anyNode,
            history::add,
            Duration.ofMillis(50),
            () -> System.nanoTime() > end.get() + GRACE.toNanos());
  }

  /** Registers the clients, which nothing may disturb, and lets them begin. */
  void start() throws InterruptedException {
    start(12, "steady", this::exchangeForEver);
    start(6, "tabs", this::exchangeInTwoTabs);
    start(3, "leaving", this::exchangeAndLeave);
    start(3, "robbed", this::exchangeAndBeRobbed);
  }

  /**
   * Lets the clients finish, and prints what happened and what must not have happened.
   *
   * @return whether there is none of that
   */
  boolean finish() throws InterruptedException {
    end.set(System.nanoTime());
    over = true;
    int failures = 0;
    for (Future<?> client : clients) {
      try {
        client.get();
      } catch (ExecutionException e) {
        failures++;
        System.out.println("A client failed: " + e.getCause());
      }
    }
    List<Event> events = List.copyOf(history);
    List<Violation> violations = new HistoryChecker(RETRY_WINDOW).check(events);
    print(events, violations);
    return failures == 0 && violations.isEmpty();
  }

  private void start(int count, String kind, Life life) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      String name = kind + i;
      if (requests.register(nodes.getFirst().address(), name).event().status() != 201) {
        throw new IllegalStateException(
            "nothing was disturbed yet, and still there is no account for " + name);
      }
      clients.add(
          threads.submit(
              () -> {
                while (!over) {
                  life.live(Device.login(surroundings, name));
                }
                return null;
              }));
    }
  }

  /**
   * What a client does from a log-in on; it returns when it has no session any more, or when all is
   * over.
   */
  private interface Life {
    void live(Device device) throws Exception;
  }

  private void exchangeForEver(Device device) throws InterruptedException {
    while (!over && device.exchange()) {
      device.read();
      Device.pauseAtMost(pace);
    }
  }

  private void exchangeInTwoTabs(Device device) throws Exception {
    boolean signedIn = true;
    while (!over && signedIn) {
      String token = device.token();
      Future<Reply> other = threads.submit(() -> device.present(token));
      signedIn = device.exchange() && other.get().event().status() == 200;
      Device.pauseAtMost(pace);
    }
  }

  private void exchangeAndLeave(Device device) throws InterruptedException {
    exchangeSomeTimes(device);
    device.revoke();
    var _ = device.exchange();
  }

  private void exchangeAndBeRobbed(Device device) throws InterruptedException {
    String stolen = device.token();
    exchangeSomeTimes(device);
    var _ = device.present(stolen);
    var _ = device.exchange();
  }

  private static void exchangeSomeTimes(Device device) throws InterruptedException {
    for (int left = ThreadLocalRandom.current().nextInt(2, 30); left > 0; left--) {
      var _ = device.exchange();
    }
  }

  private Device.Node anyNode() {
    return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
  }

  private static void print(List<Event> events, List<Violation> violations) {
    print("requests", events.size());
    count("exchanges answered", events, event -> event.is(Call.EXCHANGE, 200));
    count(
        "  rotated",
        events,
        event -> event.is(Call.EXCHANGE, 200) && event.outcome().equals("rotated"));
    count(
        "  retried",
        events,
        event -> event.is(Call.EXCHANGE, 200) && event.outcome().equals("retried"));
    count(
        "lost answers (connection cut)",
        events,
        event -> event.isLost() && event.code().equals("cut_off"));
    count("no connection", events, event -> event.isLost() && event.code().equals("not_connected"));
    count("timed out", events, event -> event.isLost() && event.code().equals("timed_out"));
    count("503", events, event -> event.status() == 503);
    count("reads with an access token", events, event -> event.is(Call.READ, 200));
    count("log-ins", events, event -> event.is(Call.LOGIN, 200));
    count("revocations", events, event -> event.is(Call.REVOKE, 204));
    count("reuse detected", events, event -> event.code().equals("refresh_token_reused"));
    count("refused: session revoked", events, event -> event.code().equals("session_revoked"));
    print("violations", violations.size());
    violations.forEach(System.out::println);
  }

  private static void count(String what, List<Event> events, Predicate<Event> matching) {
    print(what, events.stream().filter(matching).count());
  }

  static void print(String what, long number) {
    System.out.printf("%-32s %9d%n", what, number);
  }
}
