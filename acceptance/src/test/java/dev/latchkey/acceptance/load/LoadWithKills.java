package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Event.Call;
import dev.latchkey.acceptance.load.HistoryChecker.Violation;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.net.URI;
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
import java.util.function.Predicate;

/**
 * Two nodes on one database, clients that exchange all the time, and a killer who ends one node
 * after the other without warning. Prints what happened and what must not have happened, and exits
 * with 1 if there is any of that. Its one argument is how long it goes on, in seconds.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class LoadWithKills {

  private static final int DEFAULT_SECONDS = 120;

  /** After the end, clients may still ask until they are answered, but not for ever. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** The service's own is 60 seconds, by its own clock. */
  private static final Duration RETRY_WINDOW = Duration.ofSeconds(59);

  private final Requests requests = new Requests();
  private final Queue<Event> history = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<ServiceProcess> nodes;
  private final long end;

  private LoadWithKills(List<ServiceProcess> nodes, Duration duration) {
    this.nodes = nodes;
    this.end = System.nanoTime() + duration.toNanos();
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(args[0]);
    List<ServiceProcess> nodes = Installation.withNodes(2).nodes();
    for (ServiceProcess node : nodes) {
      node.start();
    }
    boolean clean = new LoadWithKills(nodes, Duration.ofSeconds(seconds)).run();
    System.exit(clean ? 0 : 1);
  }

  private boolean run() throws Exception {
    var clients = new ArrayList<Future<?>>();
    start(clients, 12, "steady", this::exchangeForEver);
    start(clients, 6, "tabs", this::exchangeInTwoTabs);
    start(clients, 3, "leaving", this::exchangeAndLeave);
    start(clients, 3, "robbed", this::exchangeAndBeRobbed);
    int kills = killAtRandom();
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
    print(events, kills, violations);
    return failures == 0 && violations.isEmpty() && kills > 0;
  }

  private void start(List<Future<?>> clients, int count, String kind, Life life)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      String name = kind + i;
      if (requests.register(nodes.getFirst().address(), name).event().status() != 201) {
        throw new IllegalStateException(
            "nobody was killed yet, and still there is no account for " + name);
      }
      clients.add(
          threads.submit(
              () -> {
                while (!isOver()) {
                  life.live(new Device(name));
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
    while (!isOver() && device.exchange()) {
      pause(Duration.ofMillis(20));
    }
  }

  private void exchangeInTwoTabs(Device device) throws Exception {
    boolean signedIn = true;
    while (!isOver() && signedIn) {
      String token = device.token;
      Future<Reply> other = threads.submit(() -> device.present(token));
      signedIn = device.exchange() && other.get().event().status() == 200;
      pause(Duration.ofMillis(20));
    }
  }

  private void exchangeAndLeave(Device device) throws InterruptedException {
    exchangeSomeTimes(device);
    device.revoke();
    var _ = device.exchange();
  }

  private void exchangeAndBeRobbed(Device device) throws InterruptedException {
    String stolen = device.token;
    exchangeSomeTimes(device);
    var _ = device.present(stolen);
    var _ = device.exchange();
  }

  private static void exchangeSomeTimes(Device device) throws InterruptedException {
    for (int left = ThreadLocalRandom.current().nextInt(2, 30); left > 0; left--) {
      var _ = device.exchange();
    }
  }

  /** Returns how often it did. */
  private int killAtRandom() throws Exception {
    int kills = 0;
    while (!isOver()) {
      pause(Duration.ofSeconds(4));
      ServiceProcess victim = anyNode();
      victim.kill();
      kills++;
      victim.start();
    }
    return kills;
  }

  private boolean isOver() {
    return System.nanoTime() > end;
  }

  private ServiceProcess anyNode() {
    return nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
  }

  private static void pause(Duration atMost) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(atMost.toNanos())));
  }

  private static void print(List<Event> events, int kills, List<Violation> violations) {
    print("kills", kills);
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

  private static void print(String what, long number) {
    System.out.printf("%-32s %9d%n", what, number);
  }

  /**
   * One session of one client. Whatever it asks, it asks until it is answered, each time a node at
   * random.
   */
  private final class Device {

    private final String client;
    private final String session;
    private String token;

    Device(String client) throws InterruptedException {
      Reply reply = untilAnswered(node -> requests.login(node, client));
      this.client = client;
      this.session = reply.event().session();
      this.token = reply.refreshToken();
    }

    /** Keeps the successor and says so, or is refused. */
    boolean exchange() throws InterruptedException {
      Reply reply = present(token);
      boolean accepted = reply.event().status() == 200;
      if (accepted) {
        token = reply.refreshToken();
      }
      return accepted;
    }

    Reply present(String refreshToken) throws InterruptedException {
      return untilAnswered(node -> requests.exchange(node, client, session, refreshToken));
    }

    void revoke() throws InterruptedException {
      var _ = untilAnswered(node -> requests.revoke(node, client, session, token));
    }

    private Reply untilAnswered(Request request) throws InterruptedException {
      while (System.nanoTime() < end + GRACE.toNanos()) {
        Reply reply = request.to(anyNode().address());
        history.add(reply.event());
        if (!reply.event().isLost() && reply.event().status() != 503) {
          return reply;
        }
        pause(Duration.ofMillis(50));
      }
      throw new IllegalStateException("never answered");
    }
  }

  private interface Request {
    Reply to(URI node) throws InterruptedException;
  }
}
