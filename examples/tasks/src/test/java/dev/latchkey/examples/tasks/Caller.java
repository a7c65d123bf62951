package dev.latchkey.examples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;

/** A client of the service, who sends the same headers with each request. */
final class Caller {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final URI service;
  private final String[] headers;

  Caller(URI service, String... headers) {
    this.service = service;
    this.headers = headers.clone();
  }

  Answer get(String path, String... more) {
    return send(request(path, more).GET());
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer post(String path, Map<String, ?> body) {
    return json("POST", path, text(body));
  }

  Answer patch(String path, Map<String, ?> body) {
    return json("PATCH", path, text(body));
  }

  Answer json(String method, String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  /** A browser's question before a request from another origin. */
  Answer preflight(String path, String origin, String method) {
    return send(
        request(path)
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", "authorization,content-type,dpop")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  /** Adds a task and returns its address. */
  String add(String title) {
    return "/tasks/" + post("/tasks", Map.of("title", title)).hasStatus(201).at("/id").asLong();
  }

  /** Of one's own tasks. */
  List<String> titles() {
    return get("/tasks").hasStatus(200).at("/tasks").findValuesAsText("title");
  }

  private HttpRequest.Builder request(String path, String... more) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path));
    for (String[] some : new String[][] {headers, more}) {
      if (some.length > 0) {
        request.headers(some);
      }
    }
    return request;
  }

  private static String text(Map<String, ?> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  record Answer(HttpResponse<String> http) {

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    JsonNode at(String pointer) {
      try {
        return JSON.readTree(http.body()).at(pointer);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not JSON: " + http.body(), e);
      }
    }

    Answer hasStatus(int status) {
      assertThat(http.statusCode()).as(http.body()).isEqualTo(status);
      return this;
    }

    /** Is a refusal as RFC 9457 has it, and tells nothing of what is inside. */
    Answer isProblem(int status, String code) {
      hasStatus(status);
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(at("/code").asText()).isEqualTo(code);
      assertThat(at("/status").asInt()).isEqualTo(status);
      assertThat(at("/detail").asText()).isNotEmpty();
      assertThat(http.body()).doesNotContain("Exception", "micronaut", "dev.latchkey", "jackson");
      return this;
    }

    /**
     * Is a refusal of the kit: it says why in a header, and nothing else.
     *
     * @return the challenge
     */
    String isChallenge(int status, String beginning) {
      hasStatus(status);
      String challenge = header("WWW-Authenticate");
      assertThat(challenge).startsWith(beginning);
      assertThat(http.body()).isEmpty();
      return challenge;
    }

    Answer isInvalid(String field) {
      isProblem(400, "validation_failed");
      assertThat(at("/errors").findValuesAsText("field")).containsExactly(field);
      return this;
    }
  }
}
