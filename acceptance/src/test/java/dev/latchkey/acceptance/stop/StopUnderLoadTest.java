package dev.latchkey.acceptance.stop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.acceptance.KeptConnection;
import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes on one database, and clients that keep their connections. One node after the other is
 * stopped and started again, and whoever gets no connection goes to the other, as behind a load
 * balancer. No client sends anything twice.
 */
@Timeout(300)
final class StopUnderLoadTest {

  private static final int EXCHANGERS = 8;
  private static final int HESITANT = 2;
  private static final int LOGGING_IN = 2;
  private static final int EXCHANGES_BETWEEN_STOPS = 20;
  private static final int LOG_INS_BETWEEN_STOPS = 2;

  private static final List<ServiceProcess> NODES = List.of(node(), node());
  private static final JsonMapper JSON = new JsonMapper();

  private final AtomicInteger lastAnswers = new AtomicInteger();
  private final List<Load> loads = new ArrayList<>();
  private volatile boolean over;

  /** A password takes long enough that some are being hashed whenever a node stops. */
  private static ServiceProcess node() {
    var settings = new HashMap<>(TestDatabase.settings());
    settings.put("micronaut.server.port", "-1");
    settings.put("latchkey.master-key", Node.masterKey());
    settings.put("latchkey.password-hashing.memory", "65536");
    settings.put("latchkey.password-hashing.concurrency", "1");
    return ServiceProcess.with(ServiceProcess.environment(settings));
  }

  @AfterAll
  static void end() {
    NODES.forEach(ServiceProcess::close);
  }

  @Test
  void notOneRequestIsCutWhenANodeStops() throws Exception {
    for (ServiceProcess node : NODES) {
      node.start();
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> clients = begin(threads);
      for (ServiceProcess node : NODES) {
        awaitAnswers();
        node.stop();
        assertThat(node.saidSince()).noneMatch(line -> line.matches(".* (WARN|ERROR) .*"));
        awaitAnswers();
        node.start();
      }
      over = true;
      for (Future<?> client : clients) {
        client.get(); // fails with what the client saw
      }
    }

    assertThat(lastAnswers).hasPositiveValue();
  }

  private List<Future<?>> begin(ExecutorService threads) {
    Client client = new Client(NODES.getFirst().address());
    for (int i = 0; i < EXCHANGERS + HESITANT; i++) {
      loads.add(new Exchanges(i, client.newcomer().refresh(), i >= EXCHANGERS));
    }
    for (int i = 0; i < LOGGING_IN; i++) {
      String name = Client.someone();
      client.register(name).hasStatus(201);
      loads.add(new LogIns(i, name));
    }
    var clients = new ArrayList<Future<?>>();
    for (Load load : loads) {
      clients.add(
          threads.submit(
              () -> {
                load.run();
                return null;
              }));
    }
    return clients;
  }

  /** Until every client has had some more. */
  private void awaitAnswers() throws InterruptedException {
    for (Load load : loads) {
      load.some().await();
    }
  }

  private interface Request {
    KeptConnection.Reply on(KeptConnection connection) throws IOException;
  }

  /** One client, which stays at a node for as long as that lets it. */
  private abstract class Load {

    private int place;
    private @Nullable KeptConnection connection;
    private final int answers;
    private volatile CountDownLatch awaited = new CountDownLatch(0);

    /**
     * @param answers how many are some
     */
    Load(int place, int answers) {
      this.place = place;
      this.answers = answers;
    }

    /** Counts the answers from now on. */
    CountDownLatch some() {
      var latch = new CountDownLatch(answers);
      awaited = latch;
      return latch;
    }

    void run() throws IOException {
      try {
        while (!over) {
          act();
          awaited.countDown();
        }
      } finally {
        if (connection != null) {
          connection.close();
        }
        // Nobody waits for a client that has failed; the test says why.
        while (awaited.getCount() > 0) {
          awaited.countDown();
        }
      }
    }

    abstract void act() throws IOException;

    JsonNode send(Request request) throws IOException {
      KeptConnection open = open();
      KeptConnection.Reply reply = request.on(open);
      if (open.isClosing()) {
        lastAnswers.incrementAndGet();
        open.close();
        connection = null;
        place++;
      }
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      return JSON.readTree(reply.body());
    }

    private KeptConnection open() throws IOException {
      while (connection == null) {
        try {
          connection = new KeptConnection(NODES.get(place % NODES.size()).address());
        } catch (ConnectException _) {
          place++;
        }
      }
      return connection;
    }
  }

  /** Each exchange must be the first with its token: no answer was lost. */
  private final class Exchanges extends Load {

    private final boolean hesitant;
    private String token;

    Exchanges(int place, String token, boolean hesitant) {
      super(place, EXCHANGES_BETWEEN_STOPS);
      this.token = token;
      this.hesitant = hesitant;
    }

    @Override
    void act() throws IOException {
      String json = json(Map.of("refreshToken", token));
      JsonNode answer =
          send(
              connection ->
                  hesitant
                      ? connection.postWhenAsked("/api/auth/refresh", json)
                      : connection.post("/api/auth/refresh", json));
      assertThat(answer.at("/outcome").asText()).isEqualTo("rotated");
      token = answer.at("/refreshToken").asText();
    }
  }

  private final class LogIns extends Load {

    private final String json;

    LogIns(int place, String name) {
      super(place, LOG_INS_BETWEEN_STOPS);
      this.json = json(Map.of("username", name, "password", Client.PASSWORD));
    }

    @Override
    void act() throws IOException {
      assertThat(
              send(connection -> connection.post("/api/auth/login", json)).at("/outcome").asText())
          .isEqualTo("issued");
    }
  }

  private static String json(Map<String, String> members) {
    return JSON.valueToTree(members).toString();
  }
}
