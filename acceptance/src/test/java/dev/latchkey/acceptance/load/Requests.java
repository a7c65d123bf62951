package dev.latchkey.acceptance.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.latchkey.acceptance.load.Event.Call;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one request at a time, and notes what became of it. */
final class Requests {

  private static final String PASSWORD = "four quiet herons at dusk";
  private static final int HASH_BYTES = 8;

  private final HttpClient http;
  private final @Nullable String network;
  private final JsonMapper json = new JsonMapper();

  Requests() {
    this(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build(),
        null);
  }

  private Requests(HttpClient http, @Nullable String network) {
    this.http = http;
    this.network = network;
  }

  /** The same on the same connections, as a trusted proxy passes them on from that address. */
  Requests from(String address) {
    return new Requests(http, address);
  }

  /**
   * What goes into the history, and what the client keeps for itself.
   *
   * @param retryAfter how long a refusal asks the client to wait (RFC 9110 §10.2.3); zero if it
   *     does not say
   */
  record Reply(Event event, String refreshToken, String accessToken, Duration retryAfter) {

    @Override
    public String toString() {
      return event.toString();
    }
  }

  Reply register(URI node, String client) throws InterruptedException {
    return register(node, client, client + "@example.org");
  }

  Reply register(URI node, String client, String email) throws InterruptedException {
    return send(
        node.resolve("/api/accounts"),
        Map.of("username", client, "email", email, "password", PASSWORD),
        new Sender(Call.LOGIN, client, "", ""));
  }

  Reply login(URI node, String client) throws InterruptedException {
    return send(
        node.resolve("/api/auth/login"),
        Map.of("username", client, "password", PASSWORD),
        new Sender(Call.LOGIN, client, "", ""));
  }

  /** A log-in on the device that has, or had, this refresh token. */
  Reply loginOn(URI node, String client, String token) throws InterruptedException {
    return send(
        node.resolve("/api/auth/login"),
        Map.of("username", client, "password", PASSWORD, "refreshToken", token),
        new Sender(Call.LOGIN, client, "", hash(token)));
  }

  /** A log-in with a password that is wrong. */
  Reply guess(URI node, String client) throws InterruptedException {
    return send(
        node.resolve("/api/auth/login"),
        Map.of("username", client, "password", "wrong " + PASSWORD),
        new Sender(Call.LOGIN, client, "", ""));
  }

  Reply exchange(URI node, String client, String session, String token)
      throws InterruptedException {
    return send(
        node.resolve("/api/auth/refresh"),
        Map.of("refreshToken", token),
        new Sender(Call.EXCHANGE, client, session, hash(token)));
  }

  /** Asks for a code that resets the password. */
  Reply reset(URI node, String email) throws InterruptedException {
    return send(
        node.resolve("/api/accounts/password-reset"),
        Map.of("email", email),
        new Sender(Call.RESET, email, "", ""));
  }

  Reply revoke(URI node, String client, String session, String token) throws InterruptedException {
    return send(
        node.resolve("/api/auth/revoke"),
        Map.of("refreshToken", token),
        new Sender(Call.REVOKE, client, session, hash(token)));
  }

  /** Asks for the client's own account. */
  Reply read(URI node, String client, String session, String accessToken)
      throws InterruptedException {
    return send(
        request(node.resolve("/api/accounts/me")).header("Authorization", "Bearer " + accessToken),
        new Sender(Call.READ, client, session, ""));
  }

  private Reply send(URI address, Map<String, String> body, Sender sender)
      throws InterruptedException {
    try {
      return send(
          request(address)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json.writeValueAsString(body))),
          sender);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(15));
    return network == null ? request : request.header("X-Forwarded-For", network);
  }

  private Reply send(HttpRequest.Builder request, Sender sender) throws InterruptedException {
    long sent = System.nanoTime();
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return sender.answered(sent, System.nanoTime(), response, read(response.body()));
    } catch (HttpTimeoutException e) {
      return sender.lost(sent, "timed_out");
    } catch (ConnectException e) {
      return sender.lost(sent, "not_connected");
    } catch (IOException e) {
      return sender.lost(sent, "cut_off");
    }
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode
          .getInstance(); // the checker complains of the answer that lacks what it should have
    }
  }

  private static String hash(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return token.isEmpty() ? "" : HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Sender(Call call, String client, String session, String token) {

    Reply answered(long sent, long ended, HttpResponse<?> response, JsonNode body) {
      JsonNode tokens = body.has("tokens") ? body.get("tokens") : body;
      String refreshToken = tokens.at("/refreshToken").asText();
      return new Reply(
          new Event(
              call,
              client,
              session.isEmpty() ? tokens.at("/sessionId").asText() : session,
              token,
              sent,
              ended,
              response.statusCode(),
              body.at("/code").asText(),
              tokens.at("/outcome").asText(),
              hash(refreshToken)),
          refreshToken,
          tokens.at("/accessToken").asText(),
          Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(0)));
    }

    Reply lost(long sent, String how) {
      return new Reply(
          new Event(call, client, session, token, sent, System.nanoTime(), Event.LOST, how, "", ""),
          "",
          "",
          Duration.ZERO);
    }
  }
}
