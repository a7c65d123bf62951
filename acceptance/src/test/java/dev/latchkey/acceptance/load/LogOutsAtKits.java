package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Caller.Verdict;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * From the acknowledgement of a log-out at one node to the refusal at a resource server that
 * follows another, for each kit and with 1, 10 and 100 listeners, beside clients that exchange and
 * call. Prints how long it took, and exits with 1 if an access token was accepted too late, or
 * again after it was refused, or refused without a log-out. Its one argument is how many log-outs
 * there are for each kit and number of listeners.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class LogOutsAtKits {

  private static final int DEFAULT_LOG_OUTS = 1000;
  private static final List<Integer> LISTENERS = List.of(1, 10, 100);
  private static final int LEAVING = 24;
  private static final int STAYING = 4;
  private static final int CALLS_AFTERWARDS = 3;
  private static final int FAILURES_SHOWN = 10;
  private static final Duration BETWEEN_LOG_OUTS = Duration.ofMillis(16);

  /** Between two calls with the same token, and so about how exact the figures are. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** How long after its log-out an access token may be accepted. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final Duration START = Duration.ofSeconds(30);

  private final Crowd crowd;
  private final URI followed;
  private final int logOuts;
  private boolean sound = true;

  private LogOutsAtKits(Crowd crowd, URI followed, int logOuts) {
    this.crowd = crowd;
    this.followed = followed;
    this.logOuts = logOuts;
  }

  public static void main(String[] args) throws Exception {
    int logOuts = args.length == 0 ? DEFAULT_LOG_OUTS : Integer.parseInt(args[0]);
    Installation installation = Installation.withIssuerAtTheSecond();
    for (ServiceProcess node : installation.nodes()) {
      node.start();
    }
    Crowd crowd = Crowd.at(installation.nodes().getFirst().address());
    System.out.println(
        String.join("\n", installation.command("grant-role", Crowd.USER, Kit.Sample.ROLE)));
    var load = new LogOutsAtKits(crowd, installation.nodes().getLast().address(), logOuts);
    load.run();
    System.exit(load.sound ? 0 : 1);
  }

  private void run() throws Exception {
    System.out.println("milliseconds from the acknowledgement of a log-out to the refusal");
    System.out.println("| kit | listeners | log-outs | median | 90 % | 99 % | longest |");
    System.out.println("|---|---|---|---|---|---|---|");
    long start = System.nanoTime();
    for (Kit kit : Kit.values()) {
      try (Kit.Sample sample = kit.start(followed);
          var feed = new Feed(followed)) {
        awaitAcceptance(sample);
        var part = new Part(sample.address());
        crowd.exchange(Stream.generate(part::use).limit(STAYING).toList());
        part.logOut(Math.max(1, logOuts / 4)); // until the sample is warm
        int listeners = 1;
        for (int count : LISTENERS) {
          for (; listeners < count; listeners++) {
            feed.listen(Networks.stranger(listeners), _ -> {});
          }
          part.waits = new Waits();
          part.logOut(logOuts);
          print(kit, count, part.waits);
        }
        crowd.finish();
        report(kit, part, feed);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println("exchanges meanwhile");
    System.out.println(Waits.HEADING);
    System.out.println(crowd.exchanges().summary(seconds));
    System.out.printf("requests that were refused with 503 at first: %d%n", crowd.refusals());
  }

  /** The sample may still be reading the keys and the feed. */
  private void awaitAcceptance(Kit.Sample sample) throws IOException, InterruptedException {
    String token = crowd.login().accessToken();
    var caller = new Caller(sample.address());
    long end = System.nanoTime() + START.toNanos();
    for (Verdict verdict = caller.call(token);
        verdict != Verdict.ACCEPTED;
        verdict = caller.call(token)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("a token was not accepted at first, but " + verdict);
      }
      Thread.sleep(PAUSE);
    }
  }

  private static void print(Kit kit, int listeners, Waits waits) {
    System.out.printf(
        "| %s | %d | %d | %.0f | %.0f | %.0f | %.0f |%n",
        kit,
        listeners,
        waits.count("refused"),
        waits.millis(0.5),
        waits.millis(0.9),
        waits.millis(0.99),
        waits.millis(1));
  }

  private void report(Kit kit, Part part, Feed feed) {
    feed.failures().forEach(failure -> part.failures.merge(failure, 1, Integer::sum));
    part.failures.entrySet().stream()
        .limit(FAILURES_SHOWN)
        .forEach(
            failure ->
                System.out.printf(
                    "FAILED, %s: %d× %s%n", kit, failure.getValue(), failure.getKey()));
    sound &= part.failures.isEmpty();
  }

  /** Log-outs as the sample of one kit sees them. */
  private final class Part {

    private final URI sample;
    private final ThreadLocal<Caller> callers;
    private final Map<String, Integer> failures = new TreeMap<>();
    private volatile Waits waits = new Waits();

    Part(URI sample) {
      this.sample = sample;
      this.callers = ThreadLocal.withInitial(() -> new Caller(sample));
    }

    /** What a client does that stays: its tokens are valid. */
    Crowd.Use use() {
      var caller = new Caller(sample);
      return token -> expect(Verdict.ACCEPTED, caller.call(token), "a valid token");
    }

    void logOut(int count) throws Exception {
      Queue<String> ended = new ConcurrentLinkedQueue<>();
      crowd.inTurn(LEAVING, count, BETWEEN_LOG_OUTS, due -> ended.add(logOut(due)));
      crowd.inTurn(
          STAYING,
          count,
          Duration.ZERO,
          _ ->
              expect(
                  Verdict.REFUSED, callers.get().call(ended.remove()), "a refused token, later"));
    }

    /** Returns the access token that is refused now. */
    private String logOut(long due) throws IOException, InterruptedException {
      Caller caller = callers.get();
      Reply session = crowd.login();
      String token = session.accessToken();
      Crowd.sleepUntil(due);
      expect(Verdict.ACCEPTED, caller.call(token), "a token just before its log-out");
      long acknowledged = crowd.logOut(session);
      awaitRefusal(caller, token, acknowledged);
      for (int i = 0; i < CALLS_AFTERWARDS; i++) {
        Thread.sleep(PAUSE);
        expect(Verdict.REFUSED, caller.call(token), "a refused token, soon after");
      }
      return token;
    }

    private void awaitRefusal(Caller caller, String token, long acknowledged)
        throws IOException, InterruptedException {
      long last = acknowledged + LONGEST.toNanos();
      long sent = System.nanoTime();
      Verdict verdict = caller.call(token);
      while (verdict == Verdict.ACCEPTED && sent < last) {
        Thread.sleep(PAUSE);
        sent = System.nanoTime();
        verdict = caller.call(token);
      }
      waits.add(System.nanoTime() - acknowledged, verdict == Verdict.REFUSED ? "refused" : "not");
      expect(
          Verdict.REFUSED,
          verdict,
          verdict == Verdict.ACCEPTED
              ? "a token " + LONGEST.toSeconds() + " s after its log-out"
              : "a token after its log-out");
    }

    private void expect(Verdict expected, Verdict verdict, String what) {
      if (verdict != expected) {
        synchronized (failures) {
          failures.merge(what + " was " + verdict + ", not " + expected, 1, Integer::sum);
        }
      }
    }
  }
}
