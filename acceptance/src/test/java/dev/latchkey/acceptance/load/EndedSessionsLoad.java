package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From the answer to a log-out at one node until listeners at another have read of it, beside
 * clients that exchange; for 1, 10 and 100 listeners, and then with many log-outs at once. Prints
 * how long it took, and how much each listener read; exits with 1 if a listener missed a log-out.
 * Its one argument is how many log-outs each part has.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class EndedSessionsLoad {

  private static final int DEFAULT_LOG_OUTS = 1000;
  private static final int MANY = 10;
  private static final int CLIENTS = 4;
  private static final int LEAVING = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Crowd crowd;
  private final URI other;
  private final int logOuts;

  private EndedSessionsLoad(Crowd crowd, URI other, int logOuts) {
    this.crowd = crowd;
    this.other = other;
    this.logOuts = logOuts;
  }

  public static void main(String[] args) throws Exception {
    int logOuts = args.length == 0 ? DEFAULT_LOG_OUTS : Integer.parseInt(args[0]);
    List<ServiceProcess> nodes = Installation.withNodes(2).nodes();
    for (ServiceProcess node : nodes) {
      node.start();
    }
    var load =
        new EndedSessionsLoad(
            Crowd.at(nodes.getFirst().address()), nodes.getLast().address(), logOuts);
    System.exit(load.run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    crowd.exchange(Collections.nCopies(CLIENTS, _ -> {}));
    var _ = measure(1, logOuts / 2, Duration.ofSeconds(10)); // until the JVMs are warm
    long start = System.nanoTime();
    System.out.println("listeners  log-outs  in s  kB read each " + Waits.HEADING);
    boolean complete = true;
    for (int listeners : List.of(1, MANY, 100)) {
      complete &= print(listeners, logOuts, Duration.ofSeconds(20));
    }
    complete &= print(MANY, logOuts * MANY, Duration.ofMinutes(1));
    crowd.finish();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(
        "exchanges meanwhile                     " + crowd.exchanges().summary(seconds));
    return complete;
  }

  private boolean print(int listeners, int count, Duration time) throws Exception {
    int refusedBefore = crowd.refusals();
    Part part = measure(listeners, count, time);
    double seconds = part.seconds;
    System.out.printf(
        "%9d  %8d  %4.0f  %12d %s%n",
        listeners, count, seconds, part.bytes / listeners / 1000, part.waits.summary(seconds));
    int refused = crowd.refusals() - refusedBefore;
    if (refused > 0) {
      System.out.printf("requests that were refused at first: %d%n", refused);
    }
    part.failures.forEach(System.out::println);
    if (part.missing > 0) {
      System.out.printf("MISSED by listeners: %d%n", part.missing);
    }
    return part.missing == 0 && part.failures.isEmpty();
  }

  /** One number of listeners, and log-outs that are spread over the time. */
  private static final class Part {

    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    /** By each listener, the moment of the first document that names a session. */
    private final List<Map<String, Long>> seen = new ArrayList<>();

    private final Waits waits = new Waits();
    private List<String> failures = List.of();
    private long bytes;
    private int missing;
    private double seconds;

    private boolean isSeenByAll() {
      return seen.stream().allMatch(by -> by.keySet().containsAll(acknowledged.keySet()));
    }
  }

  private Part measure(int listeners, int count, Duration time) throws Exception {
    Queue<Reply> sessions = crowd.login(count);
    var part = new Part();
    try (var feed = new Feed(other)) {
      for (int i = 0; i < listeners; i++) {
        var seen = new ConcurrentHashMap<String, Long>();
        part.seen.add(seen);
        feed.listen(
            Networks.stranger(i),
            document -> {
              long now = System.nanoTime();
              document.sids().forEach(sid -> seen.putIfAbsent(sid, now));
            });
      }
      long start = System.nanoTime();
      crowd.inTurn(
          LEAVING,
          count,
          time.dividedBy(count),
          due -> {
            Crowd.sleepUntil(due);
            Reply session = sessions.remove();
            part.acknowledged.put(session.event().session(), crowd.logOut(session));
          });
      part.seconds = (System.nanoTime() - start) / 1e9;
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < end && !part.isSeenByAll()) {
        Thread.sleep(100);
      }
      part.bytes = feed.bytes();
      part.failures = feed.failures();
    }
    for (Map<String, Long> seen : part.seen) {
      part.acknowledged.forEach(
          (sid, acknowledged) -> {
            Long first = seen.get(sid);
            if (first == null) {
              part.missing++;
            } else {
              part.waits.add(Math.max(0, first - acknowledged), "seen");
            }
          });
    }
    return part;
  }
}
