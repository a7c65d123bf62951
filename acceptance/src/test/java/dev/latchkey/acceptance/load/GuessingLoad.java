package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What honest users notice while others guess passwords: eight exchange, one logs in on a network
 * that is known, and a probe asks whether the service lives, beside connections that guess without
 * a pause. Those guess at the password of the one who logs in, from one address and from 1000, and
 * at last each time at another account, so that no limit to an account stops them. Prints how long
 * the honest ones waited and what they were answered. It judges nothing: the figures depend on the
 * machine.
 *
 * <p>Its arguments are how many seconds each part lasts, and the address of a service to use
 * instead of one of its own; that one must trust one proxy.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class GuessingLoad {

  private static final int DEFAULT_SECONDS = 30;

  /** A JVM needs this long under load before it shows its speed. */
  private static final int SECONDS_TO_WARM_UP = 30;

  private static final int MANY = 1000;
  private static final Guessers NOBODY = new Guessers(0, 0, false);
  private static final List<Guessers> GUESSERS =
      List.of(
          NOBODY,
          new Guessers(50, 1, false),
          new Guessers(50, MANY, false),
          new Guessers(300, 1, false),
          new Guessers(300, MANY, false),
          new Guessers(300, MANY, true));
  private static final int EXCHANGING = 8;

  private final Requests requests = new Requests().from(Networks.HOME);
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String run = Long.toString(System.nanoTime(), 36);
  private final AtomicInteger guesses = new AtomicInteger();
  private final URI node;

  private GuessingLoad(URI node) {
    this.node = node;
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(args[0]);
    new GuessingLoad(args.length > 1 ? URI.create(args[1]) : ownNode()).run(seconds);
    System.exit(0);
  }

  private static URI ownNode() throws IOException {
    ServiceProcess node =
        Installation.withNodes(1, Map.of("LATCHKEY_HTTP_TRUSTED_PROXIES", "1")).nodes().getFirst();
    node.start();
    return node.address();
  }

  private void run(int seconds) throws Exception {
    var sessions = new ArrayList<Reply>();
    for (int i = 0; i < EXCHANGING; i++) {
      sessions.add(requests.register(node, "honest" + i + run));
    }
    var tokens = new ArrayList<>(sessions.stream().map(Reply::refreshToken).toList());
    measure(NOBODY, SECONDS_TO_WARM_UP, sessions, tokens);
    System.out.println("guessing  from  at    who      " + Waits.HEADING);
    for (Guessers guessers : GUESSERS) {
      measure(guessers, seconds, sessions, tokens)
          .forEach((who, waits) -> print(guessers, who, waits, seconds));
    }
  }

  private static void print(Guessers guessers, String who, Waits waits, int seconds) {
    if (!waits.isEmpty()) {
      System.out.printf("%s  %-9s%s%n", guessers, who, waits.summary(seconds));
    }
  }

  private Map<String, Waits> measure(
      Guessers guessers, int seconds, List<Reply> sessions, List<String> tokens) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    var exchanges = new Waits();
    var probes = new Waits();
    var logins = new Waits();
    var attempts = new Waits();
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < sessions.size(); i++) {
      int index = i;
      all.add(
          threads.submit(
              () ->
                  repeat(
                      end,
                      Duration.ofMillis(20),
                      exchanges,
                      () -> exchange(sessions, tokens, index))));
    }
    String honest = sessions.getFirst().event().client();
    all.add(threads.submit(() -> repeat(end, Duration.ofMillis(100), probes, this::probe)));
    all.add(
        threads.submit(
            () ->
                repeat(
                    end,
                    Duration.ofMillis(500),
                    logins,
                    () -> answerOf(requests.login(node, honest)))));
    for (int i = 0; i < guessers.connections(); i++) {
      all.add(
          threads.submit(
              () -> repeat(end, Duration.ZERO, attempts, () -> guess(guessers, honest))));
    }
    for (Future<?> one : all) {
      one.get();
    }
    return new TreeMap<>(
        Map.of("exchange", exchanges, "liveness", probes, "log-in", logins, "guess", attempts));
  }

  private String guess(Guessers guessers, String honest) throws InterruptedException {
    int number = guesses.getAndIncrement();
    String account = guessers.eachAtAnother() ? "user" + number + run : honest;
    String network = Networks.stranger(number % guessers.addresses());
    return answerOf(requests.from(network).guess(node, account));
  }

  private String exchange(List<Reply> sessions, List<String> tokens, int index)
      throws InterruptedException {
    Reply session = sessions.get(index);
    Reply reply =
        requests.exchange(
            node, session.event().client(), session.event().session(), tokens.get(index));
    if (reply.event().status() == 200) {
      tokens.set(index, reply.refreshToken());
    }
    return answerOf(reply);
  }

  private String probe() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(node.resolve("/health/liveness")).build();
      return Integer.toString(http.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException _) {
      return "lost";
    }
  }

  static String answerOf(Reply reply) {
    return (reply.event().status() + " " + reply.event().code()).strip();
  }

  private static Void repeat(long end, Duration pause, Waits waits, Callable<String> request)
      throws Exception {
    while (System.nanoTime() < end) {
      long sent = System.nanoTime();
      String answer = request.call();
      waits.add(System.nanoTime() - sent, answer);
      Thread.sleep(pause);
    }
    return null;
  }

  /**
   * @param connections that guess without a pause
   * @param addresses that they come from
   * @param eachAtAnother whether each guess is at another account, or all at one
   */
  private record Guessers(int connections, int addresses, boolean eachAtAnother) {

    @Override
    public String toString() {
      return "%8d  %4d  %-4s".formatted(connections, addresses, eachAtAnother ? "many" : "one");
    }
  }
}
