package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Whether the time that an answer takes tells if an account exists: log-in with a wrong password,
 * asking for a reset, and registering where addresses must be verified, each for names and
 * addresses with and without an account, in random order, one request at a time. Every name and
 * every address is used once, and no limit is reached. Prints how long they took, and how well the
 * two cases can be distinguished; beside it the same for two halves of one case, which differ by
 * chance alone. It judges nothing.
 *
 * <p>Its argument is how many requests of each kind there are.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class LoginTiming {

  private static final int DEFAULT_SAMPLES = 1000;
  private static final int WARMING_UP = 150;
  private static final int REGISTERING_AT_ONCE = 4;
  private static final int NETWORKS = 1000;

  private final Requests requests = new Requests();

  /** Which order it is does not matter, as long as nobody chose it. */
  private final Random random = new Random(20_260_101);

  private final URI node;
  private final int samples;

  private LoginTiming(URI node, int samples) {
    this.node = node;
    this.samples = samples;
  }

  public static void main(String[] args) throws Exception {
    int samples = args.length == 0 ? DEFAULT_SAMPLES : Integer.parseInt(args[0]);
    Installation installation = Installation.withNodes(settings());
    ServiceProcess before = installation.nodes().getFirst();
    before.start();
    registerAll(before.address(), samples + WARMING_UP);
    before.stop();
    ServiceProcess measured = installation.nodes().getLast();
    measured.start();
    new LoginTiming(measured.address(), samples).run();
    System.exit(0);
  }

  /** Of a node that opens accounts at once, and of one that wants addresses verified first. */
  private static List<Map<String, String>> settings() throws IOException {
    Path mails = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "mails");
    var opening = new HashMap<String, String>();
    opening.put("LATCHKEY_HTTP_TRUSTED_PROXIES", "1");
    opening.put("LATCHKEY_LIMITS_FAILURES_PER_NETWORK", "100000");
    opening.put("LATCHKEY_LIMITS_REGISTRATIONS_PER_NETWORK", "100000");
    opening.put("LATCHKEY_LIMITS_MAILS_PER_NETWORK", "100000");
    opening.put("LATCHKEY_MAIL_DIRECTORY", mails.toAbsolutePath().toString());
    var verifying = new HashMap<>(opening);
    verifying.put("LATCHKEY_EMAIL_VERIFICATION_REQUIRED", "true");
    return List.of(opening, verifying);
  }

  /** The accounts of all kinds that have one. */
  private static void registerAll(URI node, int each) throws Exception {
    Requests home = new Requests().from(Networks.HOME);
    var all = new ArrayList<Future<?>>();
    try (ExecutorService threads = Executors.newFixedThreadPool(REGISTERING_AT_ONCE)) {
      for (Kind kind : Kind.values()) {
        for (int i = 0; kind.exists && i < each; i++) {
          String name = kind.name(i);
          all.add(threads.submit(() -> home.register(node, name).event().status()));
        }
      }
    }
    for (Future<?> one : all) {
      if (!one.get().equals(201)) {
        throw new IllegalStateException("an account could not be registered: " + one.get());
      }
    }
  }

  private void run() throws InterruptedException {
    send(samples, WARMING_UP);
    Times times = send(0, samples);
    System.out.printf("%d of each kind%n", samples);
    System.out.println("                                median      mean       p95  ms");
    for (Kind kind : Kind.values()) {
      print(kind, times.of(kind));
    }
    for (Pair pair : Pair.values()) {
      compare(pair.text, times.of(pair.with), times.of(pair.without));
    }
    double[] unknown = times.of(Kind.UNKNOWN_NAME);
    compare("two halves of the log-ins with unknown names", half(unknown, 0), half(unknown, 1));
  }

  /** All kinds in random order. Returns how long they took, in milliseconds. */
  private Times send(int from, int count) throws InterruptedException {
    var order = new ArrayList<Sample>();
    for (Kind kind : Kind.values()) {
      IntStream.range(from, from + count).forEach(i -> order.add(new Sample(kind, i)));
    }
    Collections.shuffle(order, random);
    var times = new Times(count);
    for (Sample sample : order) {
      Requests stranger = requests.from(Networks.stranger(random.nextInt(NETWORKS)));
      long sent = System.nanoTime();
      String answer = GuessingLoad.answerOf(sample.kind.send(stranger, node, sample.number));
      times.of(sample.kind)[sample.number - from] = (System.nanoTime() - sent) / 1e6;
      if (!answer.equals(sample.kind.call.answer)) {
        throw new IllegalStateException(sample + " was answered " + answer);
      }
    }
    return times;
  }

  private static void print(Kind kind, double[] times) {
    double[] sorted = sorted(times);
    System.out.printf(
        "%-28s %9.3f %9.3f %9.3f%n",
        kind.text,
        quantile(sorted, 0.5),
        Arrays.stream(times).average().orElseThrow(),
        quantile(sorted, 0.95));
  }

  private static void compare(String what, double[] some, double[] others) {
    RankTest test = RankTest.of(some, others);
    System.out.printf(
        """
        %s
          medians differ by %+.3f ms, with 95 %% confidence by %s
          Mann-Whitney U: z = %+.2f, p = %.3f; of one answer of each, the first takes longer in %.1f %%
          %s
        """,
        what,
        quantile(sorted(some), 0.5) - quantile(sorted(others), 0.5),
        RankTest.confidence(some, others),
        test.z(),
        test.p(),
        100 * test.share(),
        test.inWords());
  }

  private static double[] half(double[] times, int odd) {
    return IntStream.range(0, times.length / 2).mapToDouble(i -> times[2 * i + odd]).toArray();
  }

  private static double[] sorted(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  /** How long requests took, by their kind and number. */
  private static final class Times {

    private final Map<Kind, double[]> millis = new EnumMap<>(Kind.class);

    Times(int count) {
      for (Kind kind : Kind.values()) {
        millis.put(kind, new double[count]);
      }
    }

    double[] of(Kind kind) {
      return Objects.requireNonNull(millis.get(kind));
    }
  }

  private record Sample(Kind kind, int number) {}

  /** What is compared. */
  private enum Pair {
    LOG_IN("log-in: known against unknown names", Kind.KNOWN_NAME, Kind.UNKNOWN_NAME),
    RESET("reset: known against unknown addresses", Kind.KNOWN_ADDRESS, Kind.UNKNOWN_ADDRESS),
    REGISTER("registration: taken against free addresses", Kind.TAKEN, Kind.FREE);

    private final String text;
    private final Kind with;
    private final Kind without;

    Pair(String text, Kind with, Kind without) {
      this.text = text;
      this.with = with;
      this.without = without;
    }
  }

  private enum Kind {
    KNOWN_NAME("log-in, known name", "a", true, Call.GUESS),
    UNKNOWN_NAME("log-in, unknown name", "b", false, Call.GUESS),
    KNOWN_ADDRESS("reset, known address", "c", true, Call.RESET),
    UNKNOWN_ADDRESS("reset, unknown address", "d", false, Call.RESET),
    TAKEN("registration, taken address", "e", true, Call.REGISTER),
    FREE("registration, free address", "f", false, Call.REGISTER);

    private final String text;
    private final String letter;
    private final boolean exists;
    private final Call call;

    Kind(String text, String letter, boolean exists, Call call) {
      this.text = text;
      this.letter = letter;
      this.exists = exists;
      this.call = call;
    }

    /** All names are equally long. */
    String name(int number) {
      return "user-%s%06d".formatted(letter, number);
    }

    Reply send(Requests requests, URI node, int number) throws InterruptedException {
      String name = name(number);
      String address = name + "@example.org";
      return switch (call) {
        case GUESS -> requests.guess(node, name);
        case RESET -> requests.reset(node, address);
        case REGISTER -> requests.register(node, "new-" + name, address);
      };
    }
  }

  private enum Call {
    GUESS("401 invalid_credentials"),
    RESET("202"),
    REGISTER("202");

    private final String answer;

    Call(String answer) {
      this.answer = answer;
    }
  }
}
