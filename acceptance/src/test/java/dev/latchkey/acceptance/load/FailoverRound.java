package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.load.Event.Call;
import dev.latchkey.acceptance.load.LoadWithFailover.Failure;
import dev.latchkey.acceptance.load.LostWrites.Survivor;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One failure of the primary under load: the replica gets nothing more for a while, the primary
 * fails, the replica takes its place, and the old primary comes back and follows it.
 */
final class FailoverRound {

  private static final Duration BEFORE = Duration.ofSeconds(8);
  private static final Duration LAG = Duration.ofSeconds(3);
  private static final Duration AFTER = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The service's own is 60 seconds, by its own clock. */
  private static final Duration RETRY_WINDOW = Duration.ofSeconds(59);

  private final Cluster cluster;
  private final Failure failure;
  private final boolean synchronous;
  private final int number;
  private final Requests requests = new Requests();
  private final Queue<Event> history = new ConcurrentLinkedQueue<>();
  private final Queue<Device> left = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Device.Surroundings surroundings;
  private final AtomicInteger keysMissing = new AtomicInteger();
  private volatile long end = Long.MAX_VALUE;

  FailoverRound(Cluster cluster, Failure failure, boolean synchronous, int number) {
    this.cluster = cluster;
    this.failure = failure;
    this.synchronous = synchronous;
    this.number = number;
    this.surroundings =
        new Device.Surroundings(
            requests,
            () -> cluster::clients,
            history::add,
            Duration.ofMillis(300),
            () -> isOver() && System.nanoTime() - end > PATIENCE.toNanos());
  }

  FailoverReport play() throws Exception {
    var clients = new ArrayList<Future<?>>();
    start(clients, 6, "steady", this::exchangeForEver);
    start(clients, 3, "tabs", this::exchangeInTwoTabs);
    start(clients, 3, "newcomer", FailoverRound::exchangeSomeTimes);
    start(clients, 3, "leaving", this::exchangeAndLeave);
    start(clients, 2, "robbed", FailoverRound::exchangeAndBeRobbed);
    clients.add(threads.submit(this::watchKeys));
    Thread.sleep(BEFORE);

    Cluster.Machine old = cluster.primary();
    cluster.stopReplication();
    long stopped = System.nanoTime();
    Thread.sleep(LAG);
    fail(old);
    long failed = System.nanoTime();
    Map<String, Survivor> survivors = cluster.survivors();
    long back = awaitSuccessSince(failed);
    long rewindsBefore = old.rewinds();
    old.start();
    for (Device device : List.copyOf(left)) { // some may have come back with the lost writes
      var _ = device.exchange();
    }
    Thread.sleep(AFTER);
    cluster.awaitReplica(synchronous);

    end = System.nanoTime();
    for (Future<?> client : clients) {
      client.get();
    }
    List<Event> events = List.copyOf(history);
    return new FailoverReport(
        failure,
        synchronous,
        events,
        new LostWrites(events, failed, survivors),
        new HistoryChecker(RETRY_WINDOW).check(events),
        new FailoverReport.Times(stopped, failed, back),
        keysMissing.get(),
        old.rewinds() - rewindsBefore);
  }

  private void fail(Cluster.Machine machine) {
    switch (failure) {
      case CRASH -> machine.kill();
      case FREEZE -> machine.freeze();
    }
  }

  /** Returns when the first exchange that was sent after it was answered. */
  private long awaitSuccessSince(long failed) throws InterruptedException {
    while (System.nanoTime() - failed < PATIENCE.toNanos()) {
      var success =
          history.stream()
              .filter(event -> event.is(Call.EXCHANGE, 200) && event.sent() > failed)
              .mapToLong(Event::ended)
              .min();
      if (success.isPresent()) {
        return success.getAsLong();
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(
        "no service after the failure; the logs are in " + cluster.folder());
  }

  private interface Life {
    void live(Device device) throws Exception;
  }

  private void start(List<Future<?>> clients, int count, String kind, Life life)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      String name = kind + number + "x" + i;
      register(name);
      clients.add(
          threads.submit(
              () -> {
                while (!isOver()) {
                  life.live(Device.login(surroundings, name));
                }
                return null;
              }));
    }
  }

  /** Whoever's answer is lost finds the name taken. */
  private void register(String name) throws InterruptedException {
    int status;
    do {
      status = requests.register(cluster.clients(), name).event().status();
    } while (status == Event.LOST || status == 503);
    if (status != 201 && status != 409) {
      throw new IllegalStateException("no account for " + name + ": " + status);
    }
  }

  private void exchangeForEver(Device device) throws InterruptedException {
    while (!isOver() && device.exchange()) {
      Device.pauseAtMost(PAUSE);
    }
  }

  private void exchangeInTwoTabs(Device device) throws Exception {
    boolean signedIn = true;
    while (!isOver() && signedIn) {
      String token = device.token();
      Future<Reply> other = threads.submit(() -> device.present(token));
      signedIn = device.exchange() && other.get().event().status() == 200;
      Device.pauseAtMost(PAUSE);
    }
  }

  private void exchangeAndLeave(Device device) throws InterruptedException {
    exchangeSomeTimes(device);
    device.revoke();
    left.add(device);
    var _ = device.exchange();
  }

  private static void exchangeAndBeRobbed(Device device) throws InterruptedException {
    String stolen = device.token();
    exchangeSomeTimes(device);
    var _ = device.present(stolen);
    var _ = device.exchange();
  }

  private static void exchangeSomeTimes(Device device) throws InterruptedException {
    int times = ThreadLocalRandom.current().nextInt(2, 12);
    while (times > 0 && device.exchange()) {
      times--;
      Device.pauseAtMost(PAUSE);
    }
  }

  /** Resource servers can verify access tokens throughout. */
  private Void watchKeys() throws InterruptedException {
    var request =
        HttpRequest.newBuilder(cluster.clients().resolve("/.well-known/jwks.json"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isOver()) {
        if (!isServed(http, request)) {
          keysMissing.incrementAndGet();
        }
        Device.pauseAtMost(Duration.ofMillis(400));
      }
      return null;
    }
  }

  private static boolean isServed(HttpClient http, HttpRequest request)
      throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private boolean isOver() {
    return System.nanoTime() > end;
  }
}
