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

/**
 * What honest users notice while others guess passwords: eight exchange, one logs in and a probe
 * asks whether the service lives, beside no, 50 and 300 connections that guess without a pause.
 * Prints how long the honest ones waited and what they were answered. It judges nothing: the
 * figures depend on the machine.
 *
 * <p>Its arguments are how many seconds each of the three parts lasts, and the address of a service
 * to use instead of one of its own.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class GuessingLoad {

  private static final int DEFAULT_SECONDS = 30;

  /** A JVM needs this long under load before it shows its speed. */
  private static final int SECONDS_TO_WARM_UP = 30;

  private static final List<Integer> GUESSERS = List.of(0, 50, 300);
  private static final int EXCHANGING = 8;

  private final Requests requests = new Requests();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String run = Long.toString(System.nanoTime(), 36);
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
    ServiceProcess node = Installation.withNodes(1, Map.of()).nodes().getFirst();
    node.start();
    return node.address();
  }

  private void run(int seconds) throws Exception {
    var sessions = new ArrayList<Reply>();
    for (int i = 0; i < EXCHANGING; i++) {
      sessions.add(requests.register(node, "honest" + i + run));
    }
    var tokens = new ArrayList<>(sessions.stream().map(Reply::refreshToken).toList());
    measure(0, SECONDS_TO_WARM_UP, sessions, tokens);
    System.out.println(
        "guessing  who         count   per s   median      p95      p99      max  ms   answers");
    for (int guessers : GUESSERS) {
      measure(guessers, seconds, sessions, tokens)
          .forEach((who, waits) -> waits.print(guessers, who, seconds));
    }
  }

  private Map<String, Waits> measure(
      int guessers, int seconds, List<Reply> sessions, List<String> tokens) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    var exchanges = new Waits();
    var probes = new Waits();
    var logins = new Waits();
    var guesses = new Waits();
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
    for (int i = 0; i < guessers; i++) {
      all.add(
          threads.submit(
              () ->
                  repeat(
                      end, Duration.ZERO, guesses, () -> answerOf(requests.guess(node, honest)))));
    }
    for (Future<?> one : all) {
      one.get();
    }
    return new TreeMap<>(
        Map.of("exchange", exchanges, "liveness", probes, "log-in", logins, "guess", guesses));
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

  private static String answerOf(Reply reply) {
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

  /** How long requests of one kind took, and their answers. */
  private static final class Waits {

    private final List<Long> nanos = new ArrayList<>();
    private final Map<String, Integer> answers = new TreeMap<>();

    synchronized void add(long took, String answer) {
      nanos.add(took);
      answers.merge(answer, 1, Integer::sum);
    }

    synchronized void print(int guessers, String who, int seconds) {
      if (nanos.isEmpty()) {
        return;
      }
      nanos.sort(null);
      System.out.printf(
          "%8d  %-9s %7d %7.1f %8.1f %8.1f %8.1f %8.1f       %s%n",
          guessers,
          who,
          nanos.size(),
          (double) nanos.size() / seconds,
          millis(0.5),
          millis(0.95),
          millis(0.99),
          millis(1),
          answers);
    }

    private double millis(double share) {
      int index = (int) Math.min(nanos.size() - 1, Math.floor(share * nanos.size()));
      return nanos.get(index) / 1e6;
    }
  }
}
