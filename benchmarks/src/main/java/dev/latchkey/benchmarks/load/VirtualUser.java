package dev.latchkey.benchmarks.load;

import dev.latchkey.benchmarks.load.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** A person with a session of their own: each exchange takes the chain of refresh tokens one on. */
public final class VirtualUser implements AutoCloseable {

  /** The setting {@code latchkey.clients} that introspection needs. */
  public static final String CLIENTS =
      "benchmark sha256:64ba4a49bc289f4a6a2672259eebf5bbe1b0f4adf17167a4cbc1770354821e02"
          + " introspect";

  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
  private static final String PASSWORD = "four quiet herons at dusk";

  /** {@code benchmark:benchmark-secret-of-24-chars}, as HTTP Basic has it. */
  private static final String INTROSPECTING_CLIENT =
      "YmVuY2htYXJrOmJlbmNobWFyay1zZWNyZXQtb2YtMjQtY2hhcnM=";

  private static final AtomicLong NEWCOMERS = new AtomicLong();

  private final HttpConnection connection;
  private final String name;
  private String refreshToken = "";
  private String accessToken = "";

  private VirtualUser(HttpConnection connection, String name) {
    this.connection = connection;
    this.name = name;
  }

  /** Registers a user of that name, who is then logged in. */
  static VirtualUser register(URI service, String name) throws IOException {
    var user = new VirtualUser(new HttpConnection(service), name);
    user.register(name);
    return user;
  }

  void registerAnother() throws IOException {
    register("newcomer" + NEWCOMERS.incrementAndGet());
  }

  private void register(String newName) throws IOException {
    keepTokens(
        201,
        post(
            "/api/accounts",
            "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
                .formatted(newName, newName, PASSWORD)));
  }

  void logIn() throws IOException {
    keepTokens(
        200,
        post(
            "/api/auth/login",
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD)));
  }

  void exchange() throws IOException {
    keepTokens(200, post("/api/auth/refresh", "{\"refreshToken\":\"" + refreshToken + "\"}"));
  }

  void logInAndOut() throws IOException {
    logIn();
    var _ = require(204, post("/api/auth/revoke", "{\"refreshToken\":\"" + refreshToken + "\"}"));
  }

  void whoAmI() throws IOException {
    var _ =
        require(
            200,
            connection.send(
                "GET", "/api/accounts/me", "Authorization: Bearer " + accessToken + "\r\n", ""));
  }

  void introspect() throws IOException {
    Answer answer =
        require(
            200,
            connection.send(
                "POST",
                "/oauth2/introspect",
                FORM + "Authorization: Basic " + INTROSPECTING_CLIENT + "\r\n",
                "token=" + accessToken));
    if (!answer.body().contains("\"active\":true")) {
      throw new IllegalStateException("the access token is not active");
    }
  }

  void postNothing() throws IOException {
    var _ = require(200, post("/benchmark/empty", "{}"));
  }

  void keys() throws IOException {
    var _ = require(200, connection.send("GET", "/.well-known/jwks.json", "", ""));
  }

  private Answer post(String path, String body) throws IOException {
    return connection.send("POST", path, JSON, body);
  }

  private void keepTokens(int status, Answer answer) {
    var _ = require(status, answer);
    refreshToken = answer.text("refreshToken");
    accessToken = answer.text("accessToken");
  }

  private static Answer require(int status, Answer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException(answer.status() + " instead of " + status);
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
