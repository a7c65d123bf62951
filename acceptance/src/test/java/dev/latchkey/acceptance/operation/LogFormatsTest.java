package dev.latchkey.acceptance.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log of a service as it is launched, while somebody tries to write lines into it. */
@Timeout(120)
final class LogFormatsTest {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";

  /** Bytes that begin lines, act on terminals, or end a value in quotes. */
  private static final List<String> ATTACKS =
      List.of(
          "x\u001b[2J\u001b]0;owned\u0007",
          "x\u00e2\u0080\u00a8" + "2026-01-01T00:00:00.000Z WARN  security - forged",
          "x\u0085forged",
          "x\\\" event=\\\"logged_in",
          "x event=logged_in",
          "x\\r\\n2026-01-01T00:00:00.000Z WARN  security - forged event=logged_in",
          "x\\u2028forged");

  @Test
  void isJsonIfAnEnvironmentVariableSaysSo() throws Exception {
    List<String> lines = attacked(Map.of("latchkey.log.format", "json"));

    List<JsonNode> entries = lines.stream().map(LogFormatsTest::json).toList();
    assertThat(entries)
        .allSatisfy(entry -> assertThat(entry.path("time").asText()).matches(TIME))
        .anyMatch(entry -> entry.path("event").asText().equals("signing_key_added"))
        .anyMatch(
            entry ->
                entry.path("event").asText().equals("login_refused")
                    && entry.path("clientAddress").asText().equals("127.0.0.1")
                    && entry.path("requestId").asText().matches("[0-9a-f]{32}"))
        .noneMatch(entry -> entry.path("event").asText().equals("logged_in"));
    assertThat(lines).allMatch(line -> line.matches("[^\\p{Cntrl}\\u0085\\u2028]*"));
  }

  @Test
  void isTextOtherwiseAndEveryLineIsOurs() throws Exception {
    List<String> lines = attacked(Map.of("latchkey.log.level", "debug"));

    assertThat(lines)
        .allMatch(line -> line.matches(TIME + " (WARN |INFO |DEBUG) \\w+ - [^\\p{Cntrl}\\u2028]*"))
        .anyMatch(line -> line.contains(" event=login_refused "))
        .anyMatch(line -> line.contains(" DEBUG "))
        .anyMatch(line -> line.contains(" client=\"x event=logged_in\" "))
        .noneMatch(line -> line.replaceAll(QUOTED, "").contains("logged_in"));
  }

  /** What it writes to the log, from its start to its end. */
  private static List<String> attacked(Map<String, Object> settings) throws Exception {
    try (TestSchema schema = TestSchema.create("log_formats");
        ServiceProcess service = service(schema, settings)) {
      service.start();
      var client = new Client(service.address());
      for (String attack : ATTACKS) {
        attack(service.address(), attack);
      }
      client.login("nobody", Client.PASSWORD).hasStatus(401);
      client.refresh(client.newcomer().refresh()).hasStatus(200);
      service.stop();
      var lines = new ArrayList<>(service.said());
      lines.subList(lines.indexOf(""), lines.size()).clear(); // the banner
      service.saidSince().stream().filter(line -> !line.isEmpty()).forEach(lines::add);
      return lines;
    }
  }

  private static ServiceProcess service(TestSchema schema, Map<String, Object> settings) {
    var all = new HashMap<String, Object>(TestDatabase.settings());
    all.putAll(
        Map.of(
            "datasources.default.url", schema.url(),
            "datasources.default.maximum-pool-size", "3",
            "micronaut.server.port", "-1",
            "latchkey.http.trusted-proxies", "1",
            "latchkey.master-key", Node.masterKey()));
    all.putAll(settings);
    return ServiceProcess.with(ServiceProcess.environment(all));
  }

  /** In all that a request can say of itself. */
  private static void attack(URI address, String value) throws IOException {
    String login = "{\"username\":\"" + value + "\",\"password\":\"" + value + "\"}";
    String client = "{\"refreshToken\":\"lkr_x\",\"clientId\":\"" + value + "\"}";
    for (String body : List.of(login, client)) {
      String path = body.equals(login) ? "/api/auth/login" : "/api/auth/refresh";
      for (String header :
          List.of(
              "User-Agent", "X-Forwarded-For", "X-Request-Id", "traceparent", "Authorization")) {
        send(
            address,
            "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n"
                + header
                + ": "
                + value
                + "\r\n\r\n"
                + body);
      }
    }
  }

  private static void send(URI address, String request) throws IOException {
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 4");
    }
  }

  private static JsonNode json(String line) {
    try {
      return new JsonMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }
}
