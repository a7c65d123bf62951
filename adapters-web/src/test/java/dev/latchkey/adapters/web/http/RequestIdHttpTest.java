package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By its id whoever runs the service finds what it has logged of a request. */
class RequestIdHttpTest extends HttpTest {

  private static final String HEADER = "X-Request-Id";
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}");
  private static final String HOST = "Host: localhost\r\n";

  private final Node behindProxy = Node.shared(Map.of("latchkey.http.trusted-proxies", 1));

  @Test
  void everyAnswerHasOneOfItsOwn() {
    List<Answer> answers =
        List.of(
            client.get("/health"),
            client.get("/health"),
            client.get("/.well-known/jwks.json"),
            client.get("/openapi"),
            client.get("/swagger-ui/res/swagger-ui.css"),
            client.get("/sign-in"),
            client.get("/none"),
            client.get("/api/accounts/me"),
            client.get("/api/accounts/me", "Authorization", "Bearer none"),
            client.post("/api/auth/login", Map.of()),
            client.postText("/api/auth/login", "{"),
            client.postText("/api/auth/login", "\"" + "x".repeat(100_000) + "\""),
            client.form("/oauth2/token", List.of("grant_type", "password")),
            client.form("/oauth2/token", List.of()),
            send("TRACE", "/health"),
            send("HEAD", "/none"),
            send("OPTIONS", "/api/auth/login"),
            client.register(Client.someone()).hasStatus(201));

    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.headers(HEADER)).as(answer.body()).hasSize(1))
        .extracting(answer -> answer.header(HEADER))
        .allMatch(id -> OURS.matcher(id).matches())
        .doesNotHaveDuplicates();
  }

  private Answer send(String method, String path) {
    return client.send(client.request(path).method(method, BodyPublishers.noBody()));
  }

  @Test
  void aProblemNamesTheRequestThatItAnswers() {
    Answer refused = client.get("/none").isProblem(404, "not_found");

    assertThat(refused.text("/requestId")).isEqualTo(refused.header(HEADER));
  }

  /** A head or a body that cannot be read, and what the gate closes the connection for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\n: none\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "nonsense\r\n\r\n",
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nno length\r\n\r\n"
      })
  void evenWhatCannotBeReadIsAnsweredWithOne(String request) throws IOException {
    String answer = exchange(node, request);

    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(idsIn(answer)).hasSize(1).allMatch(id -> OURS.matcher(id).matches());
  }

  @Test
  void whatACallerCallsItIsNotBelieved() {
    Answer answer = client.get("/none", HEADER, "of-the-caller").isProblem(404, "not_found");

    assertThat(answer.headers(HEADER)).hasSize(1).allMatch(id -> OURS.matcher(id).matches());
    assertThat(answer.body()).doesNotContain("of-the-caller");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7d0c6a1e-6c1b-4d0c-9a53-2f3c8f1f0b6e",
        "edge.eu_1-42",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void whatATrustedProxyCallsItIsItsId(String id) {
    Answer answer = behindProxy.client().get("/none", HEADER, id).isProblem(404, "not_found");

    assertThat(answer.headers(HEADER)).containsExactly(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2short!",
        "seven77",
        "with space",
        "quotes\"\"\"",
        "event=logged_in",
        "umlauts-\u00e4\u00f6\u00fc",
        "escape-\u001b[2J",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void whatIsNotWellFormedIsReplacedWhoeverSendsIt(String id) throws IOException {
    String answer =
        exchange(
            behindProxy,
            "GET /none HTTP/1.1\r\n"
                + HOST
                + "Connection: close\r\n"
                + HEADER
                + ": "
                + id
                + "\r\n\r\n");

    assertThat(idsIn(answer)).hasSize(1).allMatch(given -> OURS.matcher(given).matches());
  }

  @Test
  void twoAreNone() {
    Answer answer =
        behindProxy.client().get("/none", HEADER, "first-of-two", HEADER, "second-of-two");

    assertThat(answer.headers(HEADER)).hasSize(1).allMatch(id -> OURS.matcher(id).matches());
  }

  @Test
  void ofSeveralRequestsAtOnceEachAnswerHasItsOwn() throws IOException {
    String requests =
        Stream.of("request-1", "request-2", "request-3")
            .map(id -> "GET /none HTTP/1.1\r\n" + HOST + HEADER + ": " + id + "\r\n")
            .reduce((first, next) -> first + "\r\n" + next)
            .orElseThrow();

    String answers = exchange(behindProxy, requests + "Connection: close\r\n\r\n");

    assertThat(idsIn(answers)).containsExactly("request-1", "request-2", "request-3");
    assertThat(
            Pattern.compile("\"requestId\":\"([^\"]*)\"")
                .matcher(answers)
                .results()
                .map(match -> match.group(1)))
        .containsExactly("request-1", "request-2", "request-3");
  }

  @Test
  void pagesOfAllowedOriginsMayReadIt() {
    String app = "https://app.example.org";
    Client open = Node.shared(Map.of("latchkey.http.allowed-origins", app)).client();

    assertThat(open.get("/none", "Origin", app).header("Access-Control-Expose-Headers"))
        .contains(HEADER);
  }

  private static List<String> idsIn(String answers) {
    return Pattern.compile("(?mi)^" + HEADER + ": (\\S*)")
        .matcher(answers)
        .results()
        .map((MatchResult header) -> header.group(1))
        .toList();
  }

  /** All that comes back until the service closes the connection. */
  private static String exchange(Node node, String request) throws IOException {
    try (var socket = new Socket(node.address().getHost(), node.address().getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
