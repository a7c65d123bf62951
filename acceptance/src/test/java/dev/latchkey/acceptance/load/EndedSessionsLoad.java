package dev.latchkey.acceptance.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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
  private static final Duration BETWEEN_EXCHANGES = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String USER = "somebody";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Requests requests = new Requests();
  private final URI one;
  private final URI other;
  private final int logOuts;
  private final Waits exchanges = new Waits();
  private volatile boolean over;

  private EndedSessionsLoad(URI one, URI other, int logOuts) {
    this.one = one;
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
        new EndedSessionsLoad(nodes.getFirst().address(), nodes.getLast().address(), logOuts);
    System.exit(load.run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    requireAnswer(requests.register(one, USER));
    var clients = new ArrayList<Future<?>>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(threads.submit(this::exchange));
    }
    var _ = measure(1, logOuts / 2, Duration.ofSeconds(10)); // until the JVMs are warm
    long start = System.nanoTime();
    System.out.println("listeners  log-outs  in s  kB read each " + Waits.HEADING);
    boolean complete = true;
    for (int listeners : List.of(1, MANY, 100)) {
      complete &= print(listeners, logOuts, Duration.ofSeconds(20));
    }
    complete &= print(MANY, logOuts * MANY, Duration.ofMinutes(1));
    over = true;
    for (Future<?> client : clients) {
      client.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println("exchanges meanwhile                     " + exchanges.summary(seconds));
    return complete;
  }

  private @Nullable Void exchange() throws InterruptedException {
    Reply reply = requests.login(one, USER);
    String session = reply.event().session();
    while (!over) {
      long start = System.nanoTime();
      reply = requests.exchange(one, USER, session, reply.refreshToken());
      requireAnswer(reply);
      exchanges.add(System.nanoTime() - start, reply.event().outcome());
      Thread.sleep(BETWEEN_EXCHANGES);
    }
    return null;
  }

  private boolean print(int listeners, int count, Duration time) throws Exception {
    Part part = measure(listeners, count, time);
    double seconds = part.seconds;
    System.out.printf(
        "%9d  %8d  %4.0f  %12d %s%n",
        listeners,
        count,
        seconds,
        part.bytes.get() / listeners / 1000,
        part.waits.summary(seconds));
    if (part.refused.get() > 0) {
      System.out.printf("log-outs that were refused at first: %d%n", part.refused.get());
    }
    if (part.missing > 0) {
      System.out.printf("MISSED by listeners: %d%n", part.missing);
    }
    return part.missing == 0;
  }

  /** One number of listeners, and log-outs that are spread over the time. */
  private final class Part {

    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Waits waits = new Waits();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean heardAll;
    private int missing;
    private double seconds;

    /** Sees each session once, in whatever document names it first. */
    private final class Listener {

      private final Map<String, Long> seen = new ConcurrentHashMap<>();
      private final HttpClient http =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      private final JsonMapper json = new JsonMapper();
      private volatile long asOf;

      private @Nullable Void listen() throws IOException, InterruptedException {
        while (!heardAll) {
          hear();
        }
        return null;
      }

      private void hear() throws IOException, InterruptedException {
        String query = asOf == 0 ? "" : "?since=" + asOf;
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(other.resolve("/oauth2/ended-sessions" + query))
                    .header("Prefer", "wait=1")
                    .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IOException("answered " + answer.statusCode());
        }
        bytes.addAndGet(answer.body().length());
        JsonNode claims =
            json.readTree(Base64.getUrlDecoder().decode(answer.body().split("\\.", -1)[1]));
        long now = System.nanoTime();
        claims.at("/sids").forEach(sid -> seen.putIfAbsent(sid.asText(), now));
        asOf = claims.at("/as_of").asLong();
      }

      private boolean hasSeenAll() {
        return seen.keySet().containsAll(acknowledged.keySet());
      }
    }
  }

  private Part measure(int listeners, int count, Duration time) throws Exception {
    Queue<Reply> sessions = sessions(count);
    var part = new Part();
    var listening = new ArrayList<Future<?>>();
    for (int i = 0; i < listeners; i++) {
      Part.Listener listener = part.new Listener();
      listener.hear();
      part.listeners.add(listener);
      listening.add(threads.submit(listener::listen));
    }
    long start = System.nanoTime();
    logOut(sessions, part, time);
    part.seconds = (System.nanoTime() - start) / 1e9;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end
        && !part.listeners.stream().allMatch(Part.Listener::hasSeenAll)) {
      Thread.sleep(100);
    }
    part.heardAll = true;
    for (Future<?> listener : listening) {
      listener.get();
    }
    for (Part.Listener listener : part.listeners) {
      part.acknowledged.forEach(
          (sid, acknowledged) -> {
            Long seen = listener.seen.get(sid);
            if (seen == null) {
              part.missing++;
            } else {
              part.waits.add(Math.max(0, seen - acknowledged), "seen");
            }
          });
    }
    return part;
  }

  private Queue<Reply> sessions(int count) throws Exception {
    var sessions = new ConcurrentLinkedQueue<Reply>();
    var logins = new ArrayList<Future<?>>();
    for (int i = 0; i < CLIENTS; i++) {
      logins.add(
          threads.submit(
              () -> {
                while (sessions.size() < count) {
                  Reply reply = requests.login(one, USER);
                  requireAnswer(reply);
                  sessions.add(reply);
                }
                return null;
              }));
    }
    for (Future<?> login : logins) {
      login.get();
    }
    return sessions;
  }

  /** Each at its time; if the node is late, some clients are, and no crowd of them gathers. */
  private void logOut(Queue<Reply> sessions, Part part, Duration time) throws Exception {
    long start = System.nanoTime();
    long between = time.toNanos() / sessions.size();
    var next = new AtomicLong();
    var leaving = new ArrayList<Future<?>>();
    for (int i = 0; i < LEAVING; i++) {
      leaving.add(
          threads.submit(
              () -> {
                for (Reply one = sessions.poll(); one != null; one = sessions.poll()) {
                  long wait = start + next.getAndIncrement() * between - System.nanoTime();
                  Thread.sleep(Duration.ofNanos(Math.max(0, wait)));
                  logOut(one, part);
                }
                return null;
              }));
    }
    for (Future<?> client : leaving) {
      client.get();
    }
  }

  /** Tries again until it is acknowledged, as clients do. */
  private void logOut(Reply session, Part part) throws InterruptedException {
    String sid = session.event().session();
    while (requests.revoke(one, USER, sid, session.refreshToken()).event().status() != 204) {
      part.refused.incrementAndGet();
      Thread.sleep(BETWEEN_EXCHANGES);
    }
    part.acknowledged.put(sid, System.nanoTime());
  }

  private static void requireAnswer(Reply reply) {
    if (reply.event().status() < 200 || reply.event().status() > 299) {
      throw new IllegalStateException("refused: " + reply);
    }
  }
}
