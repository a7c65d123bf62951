package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.load.Requests.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Clients of one account at one node: some exchange all the time, others log in and log out. */
final class Crowd {

  static final String USER = "somebody";

  private static final int LOGGING_IN = 4;
  private static final Duration BETWEEN_EXCHANGES = Duration.ofMillis(10);

  private final URI node;
  private final Requests requests = new Requests();
  private final Patience patience = new Patience();
  private final Waits exchanges = new Waits();
  private final List<Future<?>> exchanging = new ArrayList<>();
  private volatile boolean over;

  /** Of the platform: virtual ones that are never idle starve each other. */
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

  private Crowd(URI node) {
    this.node = node;
  }

  /** Registers the account. */
  static Crowd at(URI node) throws InterruptedException {
    var crowd = new Crowd(node);
    var _ = crowd.patience.untilAnswered(() -> crowd.requests.register(node, USER));
    return crowd;
  }

  /** What a client does with its new access token. */
  interface Use {
    void of(String accessToken) throws Exception;
  }

  /** Lets clients exchange, each with a thread and a use of its own. */
  void exchange(List<? extends Use> uses) {
    over = false;
    uses.forEach(use -> exchanging.add(threads.submit(() -> exchange(use))));
  }

  private @Nullable Void exchange(Use use) throws Exception {
    Reply latest = login();
    String session = latest.event().session();
    while (!over) {
      String token = latest.refreshToken();
      latest = patience.untilAnswered(() -> requests.exchange(node, USER, session, token));
      exchanges.add(latest.event().ended() - latest.event().sent(), latest.event().outcome());
      use.of(latest.accessToken());
      Thread.sleep(BETWEEN_EXCHANGES);
    }
    return null;
  }

  /** Returns when all who exchange have finished; fails if one was refused. */
  void finish() throws Exception {
    over = true;
    for (Future<?> client : exchanging) {
      client.get();
    }
    exchanging.clear();
  }

  /** How long exchanges took so far. */
  Waits exchanges() {
    return exchanges;
  }

  /** How often a client was refused with 503, and asked again. */
  int refusals() {
    return patience.refusals();
  }

  Reply login() throws InterruptedException {
    return patience.untilAnswered(() -> requests.login(node, USER));
  }

  Queue<Reply> login(int count) throws Exception {
    var sessions = new ConcurrentLinkedQueue<Reply>();
    inTurn(LOGGING_IN, count, Duration.ZERO, _ -> sessions.add(login()));
    return sessions;
  }

  /**
   * @return when the answer was there that acknowledges it, a reading of {@link System#nanoTime}
   */
  long logOut(Reply session) throws InterruptedException {
    return patience
        .untilAnswered(
            () -> requests.revoke(node, USER, session.event().session(), session.refreshToken()))
        .event()
        .ended();
  }

  /** Something that a client does at its time. */
  interface Turn {

    /**
     * @param due a reading of {@link System#nanoTime}
     */
    void take(long due) throws Exception;
  }

  /**
   * Lets clients do something again and again, in turn; if that takes long, some are late, and no
   * crowd of them gathers.
   *
   * @param between the time from one turn to the next
   */
  void inTurn(int clients, int turns, Duration between, Turn turn) throws Exception {
    long start = System.nanoTime();
    var next = new AtomicLong();
    var taking = new ArrayList<Future<?>>();
    for (int i = 0; i < clients; i++) {
      taking.add(
          threads.submit(
              () -> {
                for (long n = next.getAndIncrement(); n < turns; n = next.getAndIncrement()) {
                  turn.take(start + n * between.toNanos());
                }
                return null;
              }));
    }
    for (Future<?> one : taking) {
      one.get();
    }
  }

  static void sleepUntil(long due) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
  }
}
