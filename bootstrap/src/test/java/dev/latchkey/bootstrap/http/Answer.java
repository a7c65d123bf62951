package dev.latchkey.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpResponse;
import java.util.List;

/** An answer of the service, as a client sees it. */
record Answer(HttpResponse<String> http) {

  private static final JsonMapper JSON = new JsonMapper();

  int status() {
    return http.statusCode();
  }

  String body() {
    return http.body();
  }

  String header(String name) {
    return http.headers().firstValue(name).orElse("");
  }

  List<String> headers(String name) {
    return http.headers().allValues(name);
  }

  JsonNode json() {
    try {
      return JSON.readTree(http.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + http.body(), e);
    }
  }

  String text(String pointer) {
    return json().at(pointer).asText();
  }

  Answer hasStatus(int status) {
    assertThat(status()).as(body()).isEqualTo(status);
    return this;
  }

  /** Is a refusal as RFC 9457 has it, and says no more than the catalogue does. */
  Answer isProblem(int status, String code) {
    hasStatus(status);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(text("/code")).isEqualTo(code);
    assertThat(json().at("/status").asInt()).isEqualTo(status);
    assertThat(text("/title")).isNotEmpty();
    assertThat(text("/detail")).isNotEmpty();
    assertThat(body()).doesNotContain("Exception", "io.micronaut", "dev.latchkey", "jackson", "java.", "\\n\\tat ");
    return this;
  }

  Answer hasFieldError(String field, String code) {
    assertThat(json().at("/errors"))
        .as(body())
        .anyMatch(error -> error.at("/field").asText().equals(field) && error.at("/code").asText().equals(code));
    return this;
  }

  String accessToken() {
    return text("/accessToken");
  }

  String refreshToken() {
    return text("/refreshToken");
  }
}
