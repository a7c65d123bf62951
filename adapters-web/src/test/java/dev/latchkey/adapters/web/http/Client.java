package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client of the service: the JDK's own, with the calls of the API. */
public final class Client {

  public static final String PASSWORD = "four quiet herons at dusk";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();
  private static final AtomicInteger PEOPLE = new AtomicInteger();

  private final URI server;
  private final @Nullable Described described;

  public Client(URI server) {
    this(server, null);
  }

  /**
   * One that accepts no answer that is not described.
   *
   * @param described null accepts all
   */
  Client(URI server, @Nullable Described described) {
    this.server = server;
    this.described = described;
  }

  /** A user name that no other test uses. */
  public static String someone() {
    return "user" + PEOPLE.incrementAndGet() + "-" + ProcessHandle.current().pid();
  }

  public Answer register(String username) {
    return post(
        "/api/accounts",
        Map.of("username", username, "email", username + "@example.org", "password", PASSWORD));
  }

  /** The tokens of somebody new. */
  public Tokens newcomer() {
    return Tokens.of(register(someone()).hasStatus(201).json().at("/tokens"));
  }

  public Answer login(String username, String password) {
    return post("/api/auth/login", Map.of("username", username, "password", password));
  }

  public Answer refresh(String refreshToken) {
    return post("/api/auth/refresh", Map.of("refreshToken", refreshToken));
  }

  public Answer revoke(String refreshToken) {
    return post("/api/auth/revoke", Map.of("refreshToken", refreshToken));
  }

  public Answer me(String accessToken) {
    return get("/api/accounts/me", "Authorization", "Bearer " + accessToken);
  }

  public Answer post(String path, Map<String, ?> body, String... headers) {
    return json("POST", path, body, headers);
  }

  public Answer put(String path, Map<String, ?> body, String... headers) {
    return json("PUT", path, body, headers);
  }

  /** The same with any other method. */
  public Answer json(String method, String path, Map<String, ?> body, String... headers) {
    try {
      return send(
          request(path, headers)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body))));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public Answer postText(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Posts a form; names and values alternate. */
  public Answer form(String path, List<String> parameters, String... headers) {
    var pairs = new ArrayList<String>();
    for (int i = 0; i < parameters.size(); i += 2) {
      pairs.add(encode(parameters.get(i)) + "=" + encode(parameters.get(i + 1)));
    }
    return formText(path, String.join("&", pairs), headers);
  }

  public Answer formText(String path, String body, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  public Answer get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  public Answer send(HttpRequest.Builder request) {
    HttpRequest sent = request.build();
    Answer answer = answer(sent);
    if (described != null) {
      described.assertThatItShows(sent, answer);
    }
    return answer;
  }

  private static HttpClient http(URI address) {
    return address.getScheme().equals("https") ? TestTls.client() : HTTP;
  }

  private static Answer answer(HttpRequest request) {
    try {
      return new Answer(http(request.uri()).send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
