package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.List;

/** An answer of the service, as a client sees it. */
public record Answer(HttpResponse<String> http) {

  private static final JsonMapper JSON = new JsonMapper();

  public int status() {
    return http.statusCode();
  }

  public String body() {
    return http.body();
  }

  public String header(String name) {
    return http.headers().firstValue(name).orElse("");
  }

  public List<String> headers(String name) {
    return http.headers().allValues(name);
  }

  public JsonNode json() {
    try {
      return JSON.readTree(http.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + http.body(), e);
    }
  }

  public String text(String pointer) {
    return json().at(pointer).asText();
  }

  public Answer hasStatus(int status) {
    assertThat(status()).as(body()).isEqualTo(status);
    return this;
  }

  /** Is a refusal as RFC 9457 has it, and says no more than the catalogue does. */
  public Answer isProblem(int status, String code) {
    hasStatus(status);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(text("/code")).isEqualTo(code);
    assertThat(json().at("/status").asInt()).isEqualTo(status);
    assertThat(text("/title")).isNotEmpty();
    assertThat(text("/detail")).isNotEmpty();
    assertThat(text("/requestId")).isNotEmpty().isEqualTo(header("X-Request-Id"));
    assertThat(body())
        .doesNotContain(
            "Exception", "io.micronaut", "dev.latchkey", "jackson", "java.", "\\n\\tat ");
    return this;
  }

  /** What it says, but for the id of the request, which is another each time. */
  public String refusal() {
    return body().replaceAll("\"requestId\":\"\\w+\"", "");
  }

  public Answer hasFieldError(String field, String code) {
    assertThat(json().at("/errors"))
        .as(body())
        .anyMatch(
            error ->
                error.at("/field").asText().equals(field)
                    && error.at("/code").asText().equals(code));
    return this;
  }

  public String accessToken() {
    return text("/accessToken");
  }

  public String refreshToken() {
    return text("/refreshToken");
  }
}
