package dev.latchkey.acceptance.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.acceptance.KeptConnection;
import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.load.Requests.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Two honest clients, each of which exchanges every tenth of a second, beside thousands of
 * connections that keep the service waiting: with heads, with bodies, with reading its answers, or
 * with anything at all. One of the two keeps its connection, the other opens a new one each time.
 * Prints how long they waited before, meanwhile and afterwards, and exits with 1 if one was ever
 * refused, or got no answer on a new connection. Its one argument is how many seconds each part
 * lasts.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class SlowClients {

  private static final int DEFAULT_SECONDS = 10;
  private static final Duration BETWEEN_EXCHANGES = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String PATH = "/api/auth/refresh";

  private static final String HEAD =
      "POST " + PATH + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

  private static final List<Slow> ALL =
      List.of(
          new Slow("slow heads", 2500, HEAD, "X: a\r\n", false),
          new Slow("slow bodies", 2500, HEAD + "Content-Length: 9999\r\n\r\n{", " ", false),
          new Slow(
              "slow reads",
              2500,
              "GET /openapi HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50),
              "GET /openapi HTTP/1.1\r\nHost: a\r\n\r\n",
              true),
          new Slow("idle", 5000, "", "", false));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** The honest ones wait for the service alone, not for their turn among the others. */
  private final ExecutorService own =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

  private final URI node;
  private volatile boolean slow;
  private volatile boolean over;

  private SlowClients(URI node) {
    this.node = node;
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(args[0]);
    ServiceProcess node = Installation.withNodes(1).nodes().getFirst();
    node.start();
    System.exit(new SlowClients(node.address()).run(seconds) ? 0 : 1);
  }

  /**
   * @param first what each of them sends at once
   * @param drop what it sends every second after that
   * @param deaf whether it reads nothing
   */
  private record Slow(String name, int connections, String first, String drop, boolean deaf) {}

  private boolean run(int seconds) throws Exception {
    var keeping = new Honest("keeping", true);
    var opening = new Honest("opening", false);
    List<Future<?>> honest = List.of(begin(keeping), begin(opening));
    Thread.sleep(Duration.ofSeconds(seconds)); // until the JVM is warm
    System.out.println("connections         honest client    " + Waits.HEADING);
    for (Slow kind : ALL) {
      measure("before", seconds, keeping, opening);
      List<Future<?>> attack = attack(kind);
      measure(kind.connections() + " " + kind.name(), seconds, keeping, opening);
      slow = false;
      for (Future<?> one : attack) {
        one.get();
      }
      measure("after", seconds, keeping, opening);
    }
    over = true;
    for (Future<?> one : honest) {
      one.get(); // fails if it was logged out
    }
    System.out.printf("connections that the keeping one lost: %d%n", keeping.lost.get());
    return !keeping.refused && !opening.refused && opening.lost.get() == 0;
  }

  private Future<?> begin(Honest client) {
    return own.submit(
        () -> {
          while (!over) {
            client.exchange();
            Thread.sleep(BETWEEN_EXCHANGES);
          }
          return null;
        });
  }

  private static void measure(String what, int seconds, Honest... clients)
      throws InterruptedException {
    for (Honest client : clients) {
      client.waits = new Waits();
    }
    Thread.sleep(Duration.ofSeconds(seconds));
    for (Honest client : clients) {
      System.out.printf("%-18s  %-17s%s%n", what, client.name, client.waits.summary(seconds));
    }
  }

  private List<Future<?>> attack(Slow kind) {
    slow = true;
    var connections = new ArrayList<Future<?>>();
    for (int i = 0; i < kind.connections(); i++) {
      connections.add(threads.submit(() -> keepWaiting(kind)));
    }
    return connections;
  }

  private @Nullable Void keepWaiting(Slow kind) throws InterruptedException {
    while (slow) {
      try (var socket = new Socket()) {
        if (kind.deaf()) {
          socket.setReceiveBufferSize(4096);
        }
        socket.connect(new InetSocketAddress(node.getHost(), node.getPort()));
        socket.setSoTimeout((int) PAUSE.toMillis());
        socket.getOutputStream().write(kind.first().getBytes(US_ASCII));
        while (slow && isOpenAfterAPause(kind, socket)) {
          socket.getOutputStream().write(kind.drop().getBytes(US_ASCII));
        }
      } catch (IOException _) {
        // The service has closed it; there will be another.
      }
      Thread.sleep(PAUSE);
    }
    return null;
  }

  private static boolean isOpenAfterAPause(Slow kind, Socket socket)
      throws IOException, InterruptedException {
    if (kind.deaf()) {
      Thread.sleep(PAUSE);
      return true;
    }
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException _) {
      return true;
    }
  }

  /** One session, on one connection or always on a new one. */
  private final class Honest {

    private static final JsonMapper JSON = new JsonMapper();

    private final String name;
    private final boolean keeps;
    private String token;
    private @Nullable KeptConnection connection;
    private volatile Waits waits = new Waits();
    private volatile boolean refused;
    private final AtomicInteger lost = new AtomicInteger();

    Honest(String name, boolean keeps) throws InterruptedException {
      Reply registration = new Requests().register(node, "honest-" + name);
      this.name = name;
      this.keeps = keeps;
      this.token = registration.refreshToken();
    }

    /**
     * Sends it again if the connection was closed before an answer came, as clients do (RFC 9112
     * §9.3.1).
     */
    void exchange() throws IOException {
      long start = System.nanoTime();
      KeptConnection.Reply reply;
      do {
        reply = tryOnce();
      } while (reply == null);
      JsonNode body = JSON.readTree(reply.body());
      waits.add(
          System.nanoTime() - start,
          reply.status() == 200 ? body.at("/outcome").asText() : body.at("/code").asText());
      if (reply.status() == 401) {
        throw new IllegalStateException("logged out: " + reply.body());
      }
      if (reply.status() == 200) {
        token = body.at("/refreshToken").asText();
      } else {
        refused = true;
      }
    }

    private KeptConnection.@Nullable Reply tryOnce() throws IOException {
      KeptConnection open = connection == null ? new KeptConnection(node) : connection;
      connection = open;
      try {
        KeptConnection.Reply reply =
            open.post(PATH, JSON.valueToTree(Map.of("refreshToken", token)).toString());
        if (!keeps || open.isClosing()) {
          open.close();
          connection = null;
        }
        return reply;
      } catch (IOException _) {
        lost.incrementAndGet();
        open.close();
        connection = null;
        return null;
      }
    }
  }
}
