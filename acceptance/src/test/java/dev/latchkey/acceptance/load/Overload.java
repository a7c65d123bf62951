package dev.latchkey.acceptance.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.acceptance.KeptConnection;
import dev.latchkey.acceptance.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges by more and more users, each of whom sends the next request as soon as the last is
 * answered, or a second after a refusal: as the service is shipped, and without its limit. Prints
 * how long those waited who were served, and how long those who were refused. Its one argument is
 * how many seconds each part lasts. It fails if anybody is logged out.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class Overload {

  private static final int DEFAULT_SECONDS = 10;
  private static final List<Integer> USERS = List.of(32, 200, 500, 1000, 1900);

  /** At a time; more would wait for each other's passwords. */
  private static final int REGISTERING = 8;

  private static final String PATH = "/api/auth/refresh";
  private static final JsonMapper JSON = new JsonMapper();

  /** Passwords are not the subject; and everybody registers at once. */
  private static final Map<String, String> SHIPPED =
      Map.of(
          "LATCHKEY_PASSWORD_HASHING_MEMORY", "64",
          "LATCHKEY_PASSWORD_HASHING_ITERATIONS", "1",
          "LATCHKEY_LIMITS_REGISTRATIONS_PER_NETWORK", "100000");

  private final URI node;

  /** Of the platform: virtual ones that are never idle starve each other. */
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());

  private volatile boolean over;

  private Overload(URI node) {
    this.node = node;
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(args[0]);
    var unlimited = new HashMap<>(SHIPPED);
    unlimited.put("LATCHKEY_REQUESTS_CONCURRENCY", "100000");
    System.out.println("limit  users  answer " + Waits.HEADING);
    Installation installation = Installation.withNodes(List.of(unlimited, SHIPPED));
    for (ServiceProcess node : installation.nodes()) {
      node.start();
      String limit = node == installation.nodes().getFirst() ? "none" : "128";
      new Overload(node.address()).run(limit, seconds);
      node.stop();
    }
    System.exit(0);
  }

  private void run(String limit, int seconds) throws Exception {
    List<User> users = register(limit + "-" + seconds);
    for (int count : USERS) {
      var served = new Waits();
      var refused = new Waits();
      over = false;
      List<Future<?>> running = new ArrayList<>();
      for (User user : users.subList(0, count)) {
        running.add(threads.submit(() -> user.run(served, refused)));
      }
      Thread.sleep(Duration.ofSeconds(seconds));
      over = true;
      for (Future<?> one : running) {
        one.get(); // fails if somebody was logged out
      }
      print(limit, count, "200", served, seconds);
      print(limit, count, "503", refused, seconds);
    }
  }

  private List<User> register(String suffix) throws Exception {
    var requests = new Requests();
    var users = new ArrayList<Future<User>>();
    try (ExecutorService few = Executors.newFixedThreadPool(REGISTERING)) {
      for (int i = 0; i < USERS.getLast(); i++) {
        String name = "user" + i + "-" + suffix;
        users.add(few.submit(() -> new User(requests.register(node, name).refreshToken())));
      }
    }
    var registered = new ArrayList<User>();
    for (Future<User> user : users) {
      registered.add(user.get());
    }
    return registered;
  }

  private static void print(String limit, int users, String answer, Waits waits, int seconds) {
    if (!waits.isEmpty()) {
      System.out.printf("%-5s  %5d  %s    %s%n", limit, users, answer, waits.summary(seconds));
    }
  }

  private final class User {

    private String token;
    private @Nullable KeptConnection connection;

    User(String token) {
      this.token = token;
    }

    @Nullable Void run(Waits served, Waits refused) throws IOException, InterruptedException {
      while (!over) {
        long start = System.nanoTime();
        KeptConnection.Reply reply = send();
        long took = System.nanoTime() - start;
        JsonNode body = JSON.readTree(reply.body());
        switch (reply.status()) {
          case 200 -> {
            token = body.at("/refreshToken").asText();
            served.add(took, body.at("/outcome").asText());
          }
          case 503 -> {
            refused.add(took, body.at("/code").asText());
            Thread.sleep(Duration.ofSeconds(1));
          }
          default -> throw new IllegalStateException(reply.toString());
        }
      }
      return null;
    }

    private KeptConnection.Reply send() throws IOException {
      KeptConnection open = connection == null ? new KeptConnection(node) : connection;
      connection = open;
      return open.post(PATH, JSON.valueToTree(Map.of("refreshToken", token)).toString());
    }
  }
}
