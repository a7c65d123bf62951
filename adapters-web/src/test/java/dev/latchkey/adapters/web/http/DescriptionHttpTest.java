package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.web.router.Router;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The description of the interface says what the service does. */
class DescriptionHttpTest extends HttpTest {

  /** A client that may introspect. */
  private static final String ORDERS =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(
                  ("orders:" + URLEncoder.encode(TestClients.SECRET, UTF_8)).getBytes(UTF_8));

  private final Described described = Described.of(client);

  @Test
  void describesEveryCallAndNoOther() {
    var calls = new TreeSet<String>();
    node.bean(Router.class)
        .uriRoutes()
        .filter(route -> !route.getHttpMethodName().equals("HEAD"))
        .filter(route -> route.getProduces().stream().noneMatch(type -> isOfPages(type.getName())))
        .forEach(
            route ->
                calls.add(
                    route.getHttpMethodName()
                        + " "
                        + route
                            .getUriMatchTemplate()
                            .toPathString()
                            .replaceAll("\\{(\\w+):[^}]*}", "{$1}")));

    assertThat(calls).contains("POST /api/auth/refresh", "POST /oauth2/token", "GET /health");
    assertThat(described.operations().map(Described.Operation::name))
        .containsExactlyInAnyOrderElementsOf(calls);
  }

  private static boolean isOfPages(String mediaType) {
    return List.of("*/*", "text/html", "text/javascript", "text/css").contains(mediaType);
  }

  @Test
  void showsWhatGoesInAndWhatComesOut() {
    each(
        operation -> {
          assertThat(operation.hasBody()).isEqualTo(!operation.bodyExamples().isEmpty());
          assertThat(operation.answers()).isNotEmpty();
          assertThat(operation.answers().filter(answer -> answer.status() < 400)).isNotEmpty();
          assertThat(operation.withoutExample()).isEmpty();
        });
  }

  @Test
  void everyExampleIsOfTheFormThatIsDescribed() {
    each(
        operation -> {
          for (Described.Body example : operation.bodyExamples()) {
            assertThat(described.violations(example)).as(example.toString()).isEmpty();
          }
          operation
              .answers()
              .forEach(
                  answer ->
                      assertThat(described.violations(answer.body()))
                          .as(answer.toString())
                          .isEmpty());
        });
  }

  @Test
  void everyProblemIsDescribed() {
    String description = described.root().at("/info/description").asText();
    for (ProblemCode problem : ProblemCode.values()) {
      assertThat(description)
          .contains("| `" + problem.code() + "` | " + problem.status().getCode())
          .contains(problem.detail());
    }
    List<String> shown =
        described
            .operations()
            .flatMap(Described.Operation::answers)
            .map(answer -> answer.body().value().path("code").asText())
            .distinct()
            .toList();
    assertThat(shown)
        .containsAll(
            Stream.of(ProblemCode.values())
                // Not of any call: what is no call is refused by it.
                .filter(problem -> problem != ProblemCode.METHOD_NOT_ALLOWED)
                .map(ProblemCode::code)
                .toList());
  }

  @Test
  void saysHowACallerAuthenticates() {
    JsonNode schemes = described.root().at("/components/securitySchemes");

    assertThat(schemes.at("/bearer/scheme").asText()).isEqualTo("bearer");
    assertThat(schemes.at("/basic/scheme").asText()).isEqualTo("basic");
    assertThat(described.operation("GET /api/accounts/me").security())
        .isEqualTo("[{\"bearer\":[]}]");
    assertThat(described.operation("POST /oauth2/token").security())
        .isEqualTo("[{\"basic\":[]},{}]");
    assertThat(described.operation("POST /oauth2/introspect").security())
        .isEqualTo("[{\"basic\":[]}]");
    assertThat(described.operation("POST /api/accounts/password-reset").security()).isEmpty();
  }

  @Test
  void everyExampleOfARequestIsUnderstood() {
    each(
        operation -> {
          String[] headers = authorization(operation);
          Answer answer =
              operation.hasBody()
                  ? operation.send(client, operation.bodyExamples().getFirst(), headers)
                  : operation.send(client, headers);

          assertThat(operation.shows(answer)).as(answer.status() + answer.body()).isTrue();
          if (answer.status() >= 400) {
            assertThat(answer.body())
                .doesNotContain("malformed_json", "validation_failed", "invalid_request");
            assertThat(answer.status()).isNotIn(406, 413, 415, 429, 500);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> everySuccessIsOfTheFormThatIsDescribed() {
    String username = Client.someone();
    Answer registration = client.register(username).hasStatus(201);
    Tokens tokens = newcomerWithRoles("admin");
    String bearer = "Bearer " + tokens.access();
    var answers = new LinkedHashMap<String, Answer>();
    answers.put("POST /api/accounts", registration);
    answers.put("POST /api/auth/login", client.login(username, Client.PASSWORD));
    answers.put(
        "PATCH /api/accounts/me",
        client.json(
            "PATCH",
            "/api/accounts/me",
            Map.of("firstName", "Ada", "lastName", "Lovelace"),
            "Authorization",
            bearer));
    described
        .operations()
        .filter(operation -> operation.method().equals("GET"))
        .filter(
            operation ->
                !operation.name().matches(".*(prometheus|\\{path}|openapi|ended-sessions)"))
        .forEach(
            operation ->
                answers.put(operation.name(), operation.send(client, "Authorization", bearer)));
    answers.put(
        "POST /api/signing-keys",
        client.postText("/api/signing-keys", "", "Authorization", bearer));
    answers.put(
        "POST /oauth2/introspect",
        client.form(
            "/oauth2/introspect", List.of("token", tokens.access()), "Authorization", ORDERS));
    answers.put("POST /api/auth/refresh", client.refresh(tokens.refresh()));
    answers.put(
        "POST /oauth2/token",
        client.form(
            "/oauth2/token",
            List.of(
                "grant_type", "refresh_token",
                "client_id", "latchkey",
                "refresh_token", tokens.refresh())));

    return answers.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      Answer answer = entry.getValue();
                      Described.Operation operation = described.operation(entry.getKey());
                      assertThat(answer.status()).as(answer.body()).isBetween(200, 202);
                      Described.Body real = operation.success(answer);
                      assertThat(described.violations(real)).as(answer.body()).isEmpty();
                      assertThat(operation.answers())
                          .anySatisfy(
                              example ->
                                  assertThat(members(example.body().value()))
                                      .containsAll(members(real.value())));
                    }));
  }

  private static List<String> members(JsonNode json) {
    return json.propertyStream().map(Map.Entry::getKey).toList();
  }

  @Test
  void whatAnyCallRefusesItRefusesAsIsShown() {
    each(
        operation -> {
          String[] allowed = authorization(operation);
          if (operation.refuses("not_acceptable")) {
            isShown(
                operation,
                "not_acceptable",
                send(operation, "", with(allowed, "Accept", "image/png")));
          }
          if (operation.refuses("access_token_required")
              && operation.security().equals("[{\"bearer\":[]}]")) {
            isShown(operation, "access_token_required", send(operation, ""));
            isShown(
                operation,
                "invalid_access_token",
                send(operation, "", "Authorization", "Bearer x"));
            clock.advance(Duration.ofMinutes(6));
            isShown(operation, "access_token_expired", send(operation, "", allowed));
            clock.reset();
          }
          if (operation.refuses("forbidden")) {
            isShown(
                operation,
                "forbidden",
                send(operation, "", "Authorization", "Bearer " + client.newcomer().access()));
          }
          if (operation.hasBody()) {
            isShown(operation, "body_too_large", send(operation, " ".repeat(70_000), allowed));
            isShown(
                operation,
                "unsupported_media_type",
                send(operation, "x", with(allowed, "Content-Type", "text/plain")));
          }
          if (operation.refuses("malformed_json")) {
            isShown(operation, "malformed_json", send(operation, "{", allowed));
            String incomplete =
                operation.refusal("validation_failed").body().value().toString().contains("unknown")
                    ? "{\"unknownMember\":\"\"}"
                    : "{}";
            isShown(operation, "validation_failed", send(operation, incomplete, allowed));
          } else if (operation.refuses("validation_failed") && operation.hasBody()) {
            isShown(
                operation,
                "validation_failed",
                send(
                    operation,
                    "client_id="
                        + (operation.name().endsWith("introspect") ? "orders" : "latchkey"),
                    allowed));
          }
          if (operation.refuses("origin_not_allowed")) {
            isShown(
                operation,
                "origin_not_allowed",
                send(operation, "{}", "Latchkey-Refresh-Token", "cookie"));
          }
          if (operation.refuses("wrong_password")) {
            String wrong =
                operation
                    .bodyExamples()
                    .getFirst()
                    .text()
                    .replace(Client.PASSWORD, "a wrong password");
            isShown(operation, "wrong_password", send(operation, wrong, allowed));
          }
          if (operation.refuses("invalid_client")) {
            isShown(
                operation,
                "invalid_client",
                send(
                    operation,
                    operation.bodyExamples().getFirst().text(),
                    "Authorization",
                    "Basic eDp5"));
          }
        });
  }

  private Answer send(Described.Operation operation, String body, String... headers) {
    var all = new ArrayList<String>(List.of(headers));
    if (operation.hasBody() && !all.contains("Content-Type")) {
      all.addAll(List.of("Content-Type", operation.bodyExamples().getFirst().mediaType()));
    }
    return client.send(
        client
            .request(operation.path(), all.toArray(String[]::new))
            .method(
                operation.method(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private static void isShown(Described.Operation operation, String refusal, Answer answer) {
    Described.Example example = operation.refusal(refusal);
    assertThat(answer.status()).as(refusal + answer.body()).isEqualTo(example.status());
    assertThat(Described.withoutRequestId(answer.json()))
        .isEqualTo(Described.withoutRequestId(example.body().value()));
    assertThat(answer.header("Content-Type")).isEqualTo(example.body().mediaType());
    example.headers().forEach((name, value) -> assertThat(answer.header(name)).isEqualTo(value));
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.of(headers, more).flatMap(Stream::of).toArray(String[]::new);
  }

  /** Of somebody new, or of a client that may introspect, if the call wants either. */
  private String[] authorization(Described.Operation operation) {
    if (operation.name().endsWith("introspect")) {
      return new String[] {"Authorization", ORDERS};
    }
    return operation.security().equals("[{\"bearer\":[]}]")
        ? new String[] {"Authorization", "Bearer " + newcomerWithRoles("admin").access()}
        : new String[0];
  }

  /** Not a test for each: how many calls there are depends on the module. */
  private void each(Consumer<Described.Operation> check) {
    assertSoftly(
        all ->
            described
                .operations()
                .forEach(
                    operation ->
                        all.assertThatCode(() -> check.accept(operation))
                            .as(operation.name())
                            .doesNotThrowAnyException()));
  }
}
