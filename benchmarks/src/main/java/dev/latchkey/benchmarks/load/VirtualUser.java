package dev.latchkey.benchmarks.load;

import dev.latchkey.benchmarks.load.HttpConnection.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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

  private final URI service;
  private final HttpConnection connection;
  private final String name;

  /** Null if the session is not bound to one. */
  private final @Nullable DeviceKey key;

  /** For the next proof. */
  private String nonce = "";

  private String refreshToken = "";
  private String accessToken = "";

  private VirtualUser(URI service, String name, @Nullable DeviceKey key) throws IOException {
    this.service = service;
    this.connection = new HttpConnection(service);
    this.name = name;
    this.key = key;
  }

  /** Registers a user of that name, who is then logged in. */
  static VirtualUser register(URI service, String name) throws IOException {
    var user = new VirtualUser(service, name, null);
    user.register(name);
    return user;
  }

  /**
   * The same with a session that is bound to a key of its own.
   *
   * @param service its address is also its issuer
   */
  static VirtualUser registerBound(URI service, String name) throws IOException {
    var user = new VirtualUser(service, name, new DeviceKey());
    user.fetchNonce();
    user.register(name);
    return user;
  }

  /** Every answer to a request with a proof brings one, this refusal as well. */
  private void fetchNonce() throws IOException {
    var _ = post("/api/auth/refresh", presenting(""));
  }

  private Answer post(String path, String json) throws IOException {
    if (key == null) {
      return connection.post(path, json);
    }
    Answer answer = connection.post(path, json, key.proof("POST", service + path, nonce));
    nonce = answer.header("DPoP-Nonce");
    return answer;
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
    keepTokens(200, post("/api/auth/refresh", presenting(refreshToken)));
  }

  void logInAndOut() throws IOException {
    logIn();
    var _ = post("/api/auth/revoke", presenting(refreshToken)).require(204);
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
