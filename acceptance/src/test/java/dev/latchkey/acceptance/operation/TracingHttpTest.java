package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Traces arrive at a collector, once the service is stopped at the latest. */
@Timeout(120)
final class TracingHttpTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  @Test
  void everyRequestIsASpanOfTheTraceThatItsCallerNames() throws IOException {
    try (Collector collector = Collector.start()) {
      Answer found;
      Answer missing;
      try (Node node = tracedAt(collector.address())) {
        Client client = node.client();
        String parent = "00-" + TRACE + "-" + CALLER + "-01";
        found = client.get("/.well-known/jwks.json", "traceparent", parent).hasStatus(200);
        missing = client.get("/none/at/all", "traceparent", parent).hasStatus(404);
        client.get("/health", "traceparent", "00-" + TRACE + "-" + CALLER + "-00").hasStatus(200);
      }

      List<JsonNode> spans =
          collector.spans().stream()
              .filter(span -> span.path("traceId").asText().equals(TRACE))
              .toList();
      assertThat(spans)
          .hasSize(2) // as the third is not recorded by its caller
          .allSatisfy(span -> assertThat(span.path("parentSpanId").asText()).isEqualTo(CALLER));
      JsonNode span = spanOf(found, spans);
      assertThat(span.path("name").asText()).isEqualTo("GET /.well-known/jwks.json");
      assertThat(Collector.attribute(span, "http.route")).isEqualTo("/.well-known/jwks.json");
      assertThat(Collector.attribute(span, "http.request.method")).isEqualTo("GET");
      assertThat(Collector.attribute(span, "http.response.status_code")).isEqualTo("200");
      assertThat(spanOf(missing, spans).path("name").asText()).isEqualTo("GET");
      assertThat(Collector.attribute(spanOf(missing, spans), "http.response.status_code"))
          .isEqualTo("404");
    }
  }

  @Test
  void theLinesOfTheLogNameTheTraceThatBeganHere() throws IOException {
    try (Collector collector = Collector.start();
        LoggedLines log = LoggedLines.of("dev.latchkey.security")) {
      Answer refused;
      try (Node node = tracedAt(collector.address())) {
        refused = node.client().login(Client.someone(), Client.PASSWORD).hasStatus(401);
      }

      String trace = spanOf(refused, collector.spans()).path("traceId").asText();
      assertThat(trace).matches("[0-9a-f]{32}");
      assertThat(log.of(refused))
          .hasSize(1)
          .allSatisfy(line -> assertThat(line.about()).containsEntry("traceId", trace));
    }
  }

  @Test
  void nothingIsSentThatAnybodyCouldUseOrThatSaysWhoItWas() throws IOException {
    try (Collector collector = Collector.start()) {
      String name = Client.someone();
      Tokens tokens;
      String session;
      try (Node node = tracedAt(collector.address())) {
        Client client = node.client();
        tokens = Tokens.of(client.register(name).hasStatus(201).json().at("/tokens"));
        session = client.login(name, Client.PASSWORD).hasStatus(200).text("/sessionId");
        client.get("/none/" + tokens.refresh() + "?token=" + tokens.access()).hasStatus(404);
        client
            .send(
                client
                    .request(
                        "/api/sessions/" + session, "Authorization", "Bearer " + tokens.access())
                    .DELETE())
            .hasStatus(204);
        client.refresh(tokens.refresh()).hasStatus(200);
      }

      String sent = String.join("\n", collector.bodies());
      assertThat(sent)
          .contains("DELETE /api/sessions/{id}", "POST /api/auth/refresh")
          .doesNotContain(
              name, session, Client.PASSWORD, tokens.refresh(), tokens.access(), "127.0.0.1", "?");
      assertThat(
              collector.spans().stream()
                  .flatMap(
                      span -> StreamSupport.stream(span.path("attributes").spliterator(), false))
                  .map(attribute -> attribute.path("key").asText())
                  .collect(Collectors.toSet()))
          .isEqualTo(
              Set.of(
                  "http.request.method",
                  "http.route",
                  "http.response.status_code",
                  "latchkey.request.id"));
    }
  }

  @Test
  void noCollectorIsNoReasonToFailNorToSayItTwice() throws IOException {
    try (LoggedLines log = LoggedLines.of("dev.latchkey.bootstrap.trace")) {
      try (Node node = tracedAt("http://127.0.0.1:" + portOfNobody())) {
        for (int i = 0; i < 2_000; i++) {
          node.client().get("/health/liveness").hasStatus(200);
        }
      }

      assertThat(log.all()).hasSize(1).first().asString().contains("Spans are lost");
    }
  }

  private static Node tracedAt(String address) {
    return Node.start(Map.of("latchkey.tracing.endpoint", address));
  }

  private static JsonNode spanOf(Answer answer, List<JsonNode> spans) {
    return spans.stream()
        .filter(
            span ->
                Collector.attribute(span, "latchkey.request.id")
                    .equals(answer.header("X-Request-Id")))
        .findFirst()
        .orElseThrow();
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
