package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The interface as {@code /openapi} describes it.
 *
 * @param root the whole document
 */
record Described(JsonNode root) {

  static Described of(Client client) {
    return new Described(client.get("/openapi").hasStatus(200).json());
  }

  Stream<Operation> operations() {
    return root.path("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .map(
                        method ->
                            new Operation(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                method.getValue())));
  }

  Operation operation(String name) {
    return operations()
        .filter(operation -> operation.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Fails for an answer that the call does not describe. Requests that are no call are passed over:
   * those to an unknown path, or with a method that the path does not have.
   */
  void assertThatItShows(HttpRequest request, Answer answer) {
    operations()
        .filter(operation -> operation.isCalledBy(request))
        .findFirst()
        .ifPresent(
            operation -> {
              assertThat(operation.gives(answer))
                  .as("%s describes %s %s", operation.name(), answer.status(), answer.body())
                  .isTrue();
              if (operation.describesJson(answer)) {
                assertThat(violations(operation.success(answer))).as(answer.body()).isEmpty();
              }
            });
  }

  /**
   * What in an example is not as its schema says: a small part of JSON Schema, all that is used.
   */
  List<String> violations(Body body) {
    var violations = new ArrayList<String>();
    check(body.schema(), body.value(), "", violations);
    return violations;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> violations) {
    if (schema.has("$ref")) {
      check(root.at(schema.path("$ref").asText().substring(1)), value, at, violations);
      return;
    }
    if (schema.has("allOf")) {
      schema.path("allOf").forEach(part -> check(part, value, at, violations));
      return;
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      violations.add(at + " is none of the values");
    }
    boolean typed =
        switch (schema.path("type").asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" ->
              value.isTextual()
                  && value.asText().length() >= schema.path("minLength").asInt(0)
                  && value.asText().length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE);
          case "integer" -> value.isIntegralNumber();
          case "boolean" -> value.isBoolean();
          default -> value.isMissingNode();
        };
    if (!typed) {
      violations.add(at + " is no " + schema);
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        violations.add(at + "/" + required.asText() + " is missing");
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode property = schema.path("properties").path(member.getKey());
      if (!property.isMissingNode()) {
        check(property, member.getValue(), at + "/" + member.getKey(), violations);
      } else if (schema.has("properties")) {
        violations.add(at + "/" + member.getKey() + " is not described");
      }
    }
    for (JsonNode item : value.isArray() ? value : List.<JsonNode>of()) {
      check(schema.path("items"), item, at + "/*", violations);
    }
  }

  /**
   * An example of a body; without a value there is none.
   *
   * @param mediaType empty without a value
   */
  record Body(String name, String mediaType, JsonNode schema, JsonNode value) {

    String text() {
      return mediaType.equals("application/x-www-form-urlencoded")
          ? value.properties().stream()
              .map(member -> member.getKey() + "=" + encode(member.getValue().asText()))
              .collect(Collectors.joining("&"))
          : value.toString();
    }

    private static String encode(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  /** A refusal without what each has of its own. */
  static JsonNode withoutRequestId(JsonNode refusal) {
    return refusal.isObject() ? ((ObjectNode) refusal.deepCopy()).without("requestId") : refusal;
  }

  /** An example of an answer. */
  record Example(int status, Body body, Map<String, String> headers) {}

  /**
   * One call.
   *
   * @param name the method and the path
   */
  record Operation(String name, JsonNode json) {

    String method() {
      return name.substring(0, name.indexOf(' '));
    }

    /** With the examples of its parameters. */
    String path() {
      String path = name.substring(name.indexOf(' ') + 1);
      String query = "";
      for (JsonNode parameter : json.path("parameters")) {
        String value = parameter.path("example").asText(parameter.at("/schema/enum/0").asText());
        String key = parameter.path("name").asText();
        path = path.replace("{" + key + "}", value);
        query = parameter.path("in").asText().equals("query") ? "?" + key + "=" + value : query;
      }
      return path + query;
    }

    /** Whether the request has the method, and a path of this form. */
    boolean isCalledBy(HttpRequest request) {
      String path = name.substring(name.indexOf(' ') + 1);
      return request.method().equals(method())
          && Pattern.matches(
              path.replace(".", "\\.").replaceAll("\\{\\w+}", ".+"), request.uri().getRawPath());
    }

    /** Whether an answer has the status of an example, and of a refusal its kind. */
    boolean gives(Answer answer) {
      return answers()
          .filter(example -> example.status() == answer.status())
          .anyMatch(
              example ->
                  answer.status() < 400
                      || (example.body().mediaType().equals(answer.header("Content-Type"))
                          && kind(example.body().value()).equals(kind(answer.json()))));
    }

    /**
     * The code of a problem, or the error of RFC 6749 with its sentence: one error has many causes.
     * That of a malformed request, or proof, says what is malformed.
     */
    private static String kind(JsonNode refusal) {
      String error = refusal.path("error").asText();
      return error.isEmpty() || Set.of("invalid_request", "invalid_dpop_proof").contains(error)
          ? refusal.path("code").asText(error)
          : error + ": " + refusal.path("error_description").asText();
    }

    /** Whether the answer is a success that has a form. */
    boolean describesJson(Answer answer) {
      return answer.status() < 400
          && json.path("responses")
              .path(Integer.toString(answer.status()))
              .path("content")
              .has("application/json");
    }

    String security() {
      return json.has("security") ? json.path("security").toString() : "";
    }

    boolean hasBody() {
      return json.has("requestBody");
    }

    List<Body> bodyExamples() {
      return bodies(json.at("/requestBody/content"));
    }

    List<Integer> statuses() {
      return json.path("responses").properties().stream()
          .map(response -> Integer.valueOf(response.getKey()))
          .toList();
    }

    /** The media types of answers that have no example. */
    List<String> withoutExample() {
      return json.path("responses").properties().stream()
          .flatMap(response -> response.getValue().path("content").properties().stream())
          .filter(media -> bodies(media).isEmpty())
          .map(Map.Entry::getKey)
          .toList();
    }

    Stream<Example> answers() {
      return json.path("responses").properties().stream()
          .flatMap(
              response -> {
                JsonNode content = response.getValue().path("content");
                int status = Integer.parseInt(response.getKey());
                List<Body> bodies =
                    content.isEmpty()
                        ? List.of(new Body("", "", content, content.path("none")))
                        : bodies(content);
                return bodies.stream()
                    .map(body -> new Example(status, body, headers(response.getValue(), body)));
              });
    }

    /** Whether one of the examples is this very answer; of a success, its form. */
    boolean shows(Answer answer) {
      return answers()
          .filter(example -> example.status() == answer.status())
          .anyMatch(
              example ->
                  answer.status() < 400
                      || (withoutRequestId(example.body().value())
                              .equals(withoutRequestId(answer.json()))
                          && example.body().mediaType().equals(answer.header("Content-Type"))
                          && example.headers().entrySet().stream()
                              .allMatch(
                                  header ->
                                      answer.header(header.getKey()).equals(header.getValue()))));
    }

    /** The form of a success. */
    Body success(Answer answer) {
      JsonNode content =
          json.path("responses").path(Integer.toString(answer.status())).path("content");
      return new Body(
          "", "application/json", content.at("/application~1json/schema"), answer.json());
    }

    Example refusal(String name) {
      return answers()
          .filter(answer -> answer.body().name().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError(this.name + " does not describe " + name));
    }

    boolean refuses(String name) {
      return answers().anyMatch(answer -> answer.body().name().equals(name));
    }

    Answer send(Client client, String... headers) {
      return client.send(client.request(path(), headers).method(method(), BodyPublishers.noBody()));
    }

    Answer send(Client client, Body body, String... headers) {
      return client.send(
          client
              .request(path(), headers)
              .header("Content-Type", body.mediaType())
              .method(method(), BodyPublishers.ofString(body.text())));
    }

    private static List<Body> bodies(JsonNode content) {
      return content.properties().stream().flatMap(media -> bodies(media).stream()).toList();
    }

    private static List<Body> bodies(Map.Entry<String, JsonNode> media) {
      var bodies = new ArrayList<Body>();
      JsonNode schema = media.getValue().path("schema");
      JsonNode example = media.getValue().path("example");
      if (!example.isMissingNode()) {
        bodies.add(new Body("", media.getKey(), schema, example));
      }
      for (Map.Entry<String, JsonNode> named : media.getValue().path("examples").properties()) {
        bodies.add(
            new Body(named.getKey(), media.getKey(), schema, named.getValue().path("value")));
      }
      return bodies;
    }

    private static Map<String, String> headers(JsonNode response, Body body) {
      return response.path("headers").properties().stream()
          .filter(header -> header.getValue().path("examples").has(body.name()))
          .collect(
              Collectors.toMap(
                  Map.Entry::getKey,
                  header ->
                      header.getValue().path("examples").path(body.name()).path("value").asText()));
    }
  }
}
