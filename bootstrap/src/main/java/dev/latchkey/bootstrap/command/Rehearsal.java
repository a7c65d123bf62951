package dev.latchkey.bootstrap.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service is asked for in its first minutes: somebody opens the pages, registers, logs in,
 * exchanges tokens and logs out.
 */
final class Rehearsal {

  private static final int OK = 200;
  private static final int REDIRECTED = 300;
  private static final Pattern REFRESH_TOKEN = Pattern.compile("\"refreshToken\":\"([^\"]+)\"");
  private static final Pattern ACCESS_TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");

  /** Enough that the JVM sees which methods matter, and few enough to be over in seconds. */
  private static final int EXCHANGES = 200;

  private static final List<String> OPEN_TO_ALL =
      List.of(
          "/health/readiness",
          "/",
          "/sign-in",
          "/.well-known/jwks.json",
          "/.well-known/oauth-authorization-server",
          "/openapi",
          "/prometheus");

  private static final String REGISTRATION =
      """
      {"username":"ada","email":"ada@example.org","password":"four quiet herons at dusk"}\
      """;

  private static final String LOGIN =
      """
      {"username":"ada","password":"four quiet herons at dusk"}\
      """;

  private final URI service;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Rehearsal(URI service) {
    this.service = service;
  }

  /**
   * @throws IOException if an answer is none of success: the service would not do what it is to be
   *     fast at
   */
  void play() throws IOException {
    for (String path : OPEN_TO_ALL) {
      var _ = send(request(path));
    }
    var _ = post("/api/accounts", REGISTRATION);
    String tokens = post("/api/auth/login", LOGIN);
    for (int i = 0; i < EXCHANGES; i++) {
      tokens = post("/api/auth/refresh", refreshToken(tokens));
    }
    String bearer = "Bearer " + found(ACCESS_TOKEN, tokens);
    for (String path : List.of("/api/accounts/me", "/api/sessions")) {
      var _ = send(request(path).header("Authorization", bearer));
    }
    var _ = post("/api/auth/revoke", refreshToken(tokens));
  }

  private static String refreshToken(String tokens) {
    return "{\"refreshToken\":\"" + found(REFRESH_TOKEN, tokens) + "\"}";
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("the answer has no " + pattern);
    }
    return matcher.group(1);
  }

  private String post(String path, String json) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.resolve(path));
  }

  private String send(HttpRequest.Builder request) throws IOException {
    HttpResponse<String> answer = answer(request.build());
    if (answer.statusCode() < OK || answer.statusCode() >= REDIRECTED) {
      throw new IOException(answer.request().uri() + " answers " + answer.statusCode());
    }
    return answer.body();
  }

  private HttpResponse<String> answer(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the rehearsal was interrupted", e);
    }
  }
}
