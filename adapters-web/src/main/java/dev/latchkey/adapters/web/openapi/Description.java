package dev.latchkey.adapters.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.adapters.web.browser.RefreshTokenTransport;
import dev.latchkey.adapters.web.correlation.RequestId;
import dev.latchkey.adapters.web.openapi.Refusals.Parameter;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.TokenExamples;
import io.micronaut.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The description that the build derives from the controllers, completed by what the running
 * service knows: which calls it has, how each refuses, and an example of whatever goes in and out.
 */
final class Description {

  private static final String SCHEMA = "schema";
  private static final String EXAMPLES = "examples";
  private static final String CONTENT = "content";

  private final ObjectNode root;
  private final Refusals refusals;
  private final ObjectMapper json;
  private final Examples examples;

  private Description(ObjectNode root, Refusals refusals, ObjectMapper json) {
    this.root = root;
    this.refusals = refusals;
    this.json = json;
    this.examples = new Examples(root.at("/components/schemas"));
  }

  /**
   * @param built changed into the complete description
   * @param calls those of the running service
   */
  static void complete(ObjectNode built, List<Call> calls, Refusals refusals, ObjectMapper json) {
    var description = new Description(built, refusals, json);
    description.leaveOutWhatIsNotThere(calls);
    calls.forEach(description::complete);
    description.listProblems();
  }

  private void leaveOutWhatIsNotThere(List<Call> calls) {
    ObjectNode paths = root.withObject("/paths");
    for (Iterator<Map.Entry<String, JsonNode>> i = paths.properties().iterator(); i.hasNext(); ) {
      String path = i.next().getKey();
      if (calls.stream().noneMatch(call -> call.path().equals(path))) {
        i.remove();
      }
    }
  }

  private void listProblems() {
    String rows =
        Stream.of(ProblemCode.values())
            .map(
                problem ->
                    "| `%s` | %d | %s |"
                        .formatted(problem.code(), problem.status().getCode(), problem.detail()))
            .collect(Collectors.joining("\n"));
    ObjectNode info = root.withObject("/info");
    info.put(
        "description",
        info.path("description").asText()
            + "\n\n"
            + "Every refusal is a problem (RFC 9457) with one of these codes; under `/oauth2` it is"
            + " an error of RFC 6749.\n\n"
            + "| code | status | meaning |\n"
            + "|---|---|---|\n"
            + rows);
  }

  private void complete(Call call) {
    JsonNode described = root.path("paths").path(call.path()).path(call.method());
    if (!(described instanceof ObjectNode operation)) {
      return; // a page
    }
    exemplify(operation.path("requestBody").path(CONTENT), call);
    operation
        .path("responses")
        .forEachEntry(
            (status, response) -> {
              if (status.startsWith("2")) {
                leaveOutWhatHasNoForm((ObjectNode) response);
                exemplify(response.path(CONTENT), call);
              }
            });
    if (call.takesCookie()) {
      describeCookie(operation);
    }
    describeSecurity(operation, call);
    if (!call.isOfTheFramework()) {
      for (Refusal refusal : refusals.of(call, required(operation))) {
        describe(operation.withObject("responses"), refusal);
      }
    }
    describeRequestId(operation);
  }

  private static void describeRequestId(ObjectNode operation) {
    operation
        .withObject("responses")
        .forEachEntry(
            (_, response) ->
                ((ObjectNode) response)
                    .withObjectProperty("headers")
                    .putObject(RequestId.HEADER)
                    .put("description", "The id of the request, as the log of the service has it")
                    .put("example", RequestId.EXAMPLE)
                    .putObject(SCHEMA)
                    .put("type", "string"));
  }

  /** The build describes a body where the code says that there is none. */
  private static void leaveOutWhatHasNoForm(ObjectNode response) {
    if (response.path(CONTENT).valueStream().noneMatch(media -> media.has(SCHEMA))) {
      response.remove(CONTENT);
    }
  }

  private void exemplify(JsonNode content, Call call) {
    for (JsonNode media : content) {
      if (media instanceof ObjectNode described && described.has(SCHEMA)) {
        exemplify(described, call.takesCookie());
      }
    }
  }

  private void exemplify(ObjectNode media, boolean cookie) {
    if (media.has("example")) {
      return;
    }
    JsonNode example = examples.of(media.path(SCHEMA));
    JsonNode withoutToken = cookie ? withoutRefreshToken(example) : example;
    if (media.has(EXAMPLES) || !withoutToken.equals(example)) {
      ObjectNode named = media.withObjectProperty(EXAMPLES);
      named.putObject("usual").set("value", example);
      if (!withoutToken.equals(example)) {
        named.putObject("with_the_cookie").set("value", withoutToken);
      }
    } else {
      media.set("example", example);
    }
  }

  private static JsonNode withoutRefreshToken(JsonNode example) {
    JsonNode copy = example.deepCopy();
    copy.findParents("refreshToken")
        .forEach(parent -> ((ObjectNode) parent).remove("refreshToken"));
    return copy;
  }

  private void describeCookie(ObjectNode operation) {
    ObjectNode header =
        operation
            .withArrayProperty("parameters")
            .addObject()
            .put("name", RefreshTokenTransport.HEADER)
            .put("in", "header")
            .put(
                "description",
                "The refresh token travels in a cookie that the browser keeps, not in the JSON");
    header
        .putObject(SCHEMA)
        .put("type", "string")
        .putArray("enum")
        .add(RefreshTokenTransport.COOKIE);
    operation
        .withObject("responses")
        .forEachEntry(
            (_, response) ->
                ((ObjectNode) response)
                    .withObjectProperty("headers")
                    .putObject(HttpHeaders.SET_COOKIE)
                    .put("description", "If the header " + RefreshTokenTransport.HEADER + " asks")
                    .put("example", RefreshTokenTransport.exampleOfCookie(TokenExamples.REFRESH))
                    .putObject(SCHEMA)
                    .put("type", "string"));
  }

  private static void describeSecurity(ObjectNode operation, Call call) {
    if (operation.has("security")) {
      return;
    }
    var ways = new ArrayList<String>();
    if (call.takesBearer()) {
      ways.add("bearer");
    }
    if (call.refuses().contains(ProblemCode.INVALID_CLIENT)) {
      ways.add("basic");
    }
    if (!ways.isEmpty()) {
      var security = operation.putArray("security");
      ways.forEach(way -> security.addObject().putArray(way));
      if (!call.needsBearer()) {
        security.addObject();
      }
    }
  }

  /** The parameters that the call cannot do without. */
  private List<Parameter> required(JsonNode operation) {
    JsonNode body = MissingNode.getInstance();
    for (JsonNode media : operation.at("/requestBody/content")) {
      body = examples.resolve(media.path(SCHEMA));
    }
    var required = new ArrayList<Parameter>();
    for (Map.Entry<String, JsonNode> property : body.path("properties").properties()) {
      if (Examples.isRequired(body, property.getKey())) {
        required.add(new Parameter(property.getKey(), ""));
      }
    }
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("query") && parameter.path("required").asBoolean()) {
        required.add(
            new Parameter(
                parameter.path("name").asText(), parameter.at("/schema/enum/0").asText()));
      }
    }
    return required;
  }

  private void describe(ObjectNode responses, Refusal refusal) {
    ObjectNode response = responses.withObjectProperty(refusal.status());
    JsonNode body = json.valueToTree(refusal.body());
    if (refusal.body() instanceof Problem) {
      ((ObjectNode) body).put("requestId", RequestId.EXAMPLE);
    }
    response.put(
        "description",
        Stream.of(response.path("description").asText(), code(body))
            .flatMap(text -> Stream.of(text.split(", ", -1)))
            .filter(text -> !text.isEmpty())
            .distinct()
            .collect(Collectors.joining(", ")));
    ObjectNode media = response.withObjectProperty(CONTENT).withObjectProperty(refusal.mediaType());
    media
        .withObjectProperty(SCHEMA)
        .put(
            "$ref",
            "#/components/schemas/"
                + (refusal.body() instanceof Problem ? "Problem" : "OAuth2Error"));
    media.withObjectProperty(EXAMPLES).putObject(refusal.name()).set("value", body);
    refusal
        .headers()
        .forEach(
            (name, value) -> {
              ObjectNode header = response.withObjectProperty("headers").withObjectProperty(name);
              header.withObjectProperty(SCHEMA).put("type", "string");
              header.withObjectProperty(EXAMPLES).putObject(refusal.name()).put("value", value);
            });
  }

  private static String code(JsonNode body) {
    return body.path("code").asText(body.path("error").asText());
  }
}
