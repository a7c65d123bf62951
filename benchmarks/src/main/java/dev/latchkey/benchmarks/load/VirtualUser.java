package dev.latchkey.benchmarks.load;

import dev.latchkey.benchmarks.load.HttpConnection.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;

/** A person with a session of their own: each exchange takes the chain of refresh tokens one on. */
public final class VirtualUser implements Closeable {

  /** The setting {@code latchkey.clients} that introspection needs. */
  public static final String CLIENTS =
      "benchmark sha256:64ba4a49bc289f4a6a2672259eebf5bbe1b0f4adf17167a4cbc1770354821e02"
          + " introspect";

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
        connection.post(
            "/api/accounts",
            "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
                .formatted(newName, newName, PASSWORD)));
  }

  void logIn() throws IOException {
    keepTokens(
        200,
        connection.post(
            "/api/auth/login",
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD)));
  }

  void exchange() throws IOException {
    keepTokens(200, connection.post("/api/auth/refresh", presenting(refreshToken)));
  }

  void logInAndOut() throws IOException {
    logIn();
    var _ = connection.post("/api/auth/revoke", presenting(refreshToken)).require(204);
  }

  void whoAmI() throws IOException {
    var _ =
        connection
            .send("GET", "/api/accounts/me", "Authorization: Bearer " + accessToken + "\r\n", "")
            .require(200);
  }

  void introspect() throws IOException {
    Answer answer =
        connection
            .send(
                "POST",
                "/oauth2/introspect",
                FORM + "Authorization: Basic " + INTROSPECTING_CLIENT + "\r\n",
                "token=" + accessToken)
            .require(200);
    if (!answer.body().contains("\"active\":true")) {
      throw new IllegalStateException("the access token is not active");
    }
  }

  void postNothing() throws IOException {
    var _ = connection.post("/benchmark/empty", "{}").require(200);
  }

  void keys() throws IOException {
    var _ = connection.send("GET", "/.well-known/jwks.json", "", "").require(200);
  }

  private void keepTokens(int status, Answer answer) {
    refreshToken = answer.require(status).text("refreshToken");
    accessToken = answer.text("accessToken");
  }

  /** The body that presents a refresh token. */
  static String presenting(String refreshToken) {
    return "{\"refreshToken\":\"" + refreshToken + "\"}";
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
