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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the service shows to those who run it and to those who program against it, and what it keeps
 * to itself.
 */
class OperationHttpTest extends HttpTest {

  private static final String CHUNK_THAT_IS_NONE =
      "POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness"})
  void isUpAndSaysNoMore(String path) {
    for (Answer answer :
        new Answer[] {client.get(path), client.get(path, "Authorization", bearer())}) {
      assertThat(answer.hasStatus(200).body()).isEqualTo("{\"status\":\"UP\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/beans",
        "/env",
        "/env/latchkey",
        "/loggers",
        "/loggers/ROOT",
        "/routes",
        "/threaddump",
        "/info",
        "/metrics",
        "/refresh",
        "/caches",
        "/flyway",
        "/stop",
        "/heapdump",
        "/login",
        "/logout",
        "/oauth/access_token",
        "/token_info"
      })
  void hidesWhatTheFrameworkCouldShow(String path) {
    String[] header = {"Authorization", bearer()};

    client.get(path, header).isProblem(404, "not_found");
    client
        .send(client.request(path, header).POST(BodyPublishers.noBody()))
        .isProblem(404, "not_found");
    client.get(path).isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.git/config",
        "/.git/HEAD",
        "/application.yml",
        "/logback.xml",
        "/META-INF/MANIFEST.MF",
        "/META-INF/swagger/latchkey.json",
        "/swagger-ui/res",
        "/swagger-ui/res/",
        "/swagger-ui/res/%2e%2e/%2e%2e/application.yml",
        "/swagger-ui/res/%2e%2e/start.js"
      })
  void servesNoOtherFile(String path) {
    client.get(path).isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/accounts/me", "/oauth2/token", "/health", "/swagger-ui", "/openapi"})
  void repeatsNoRequestToWhoeverTraces(String path) {
    var request = client.request(path, "Authorization", bearer(), "X-Trace", "repeat this");

    Answer answer = client.send(request.method("TRACE", BodyPublishers.noBody())).hasStatus(405);

    assertThat(answer.body()).doesNotContain("repeat this", "Bearer");
    assertThat(answer.header("Allow")).doesNotContain("TRACE");
  }

  @Test
  void thePageToTryTheInterfaceLoadsNothingFromElsewhere() {
    Answer page = client.get("/swagger-ui/index.html").hasStatus(200);

    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).doesNotContainPattern("(?i)https?://|[\"'(=]//[a-z]|@import");
    var resources =
        Pattern.compile("(?:src|href)=\"(/[^\"]+)\"")
            .matcher(page.body())
            .results()
            .map((MatchResult result) -> result.group(1))
            .toList();
    assertThat(resources)
        .anyMatch(path -> path.endsWith("bundle.js"))
        .anyMatch(path -> path.endsWith(".css"))
        .allSatisfy(path -> assertThat(client.get(path).hasStatus(200).body()).isNotEmpty());
    assertThat(resources)
        .filteredOn(path -> path.endsWith(".css"))
        .allSatisfy(
            path ->
                assertThat(client.get(path).body())
                    .doesNotContainPattern("(?i)url\\([\"']?https?://|@import"));
  }

  @Test
  void thePageToTryTheInterfaceRunsTheScriptsOfTheServiceAlone() {
    Answer page = client.get("/swagger-ui").hasStatus(200);

    assertThat(policy(page))
        .contains(
            "default-src 'none'",
            "script-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'")
        .noneMatch(directive -> directive.matches(".*(unsafe|\\*|http|nonce).*"));
    // With nothing inline there is nothing to allow, and nothing that the address of the page could
    // change.
    assertThat(page.body())
        .doesNotContainPattern(
            "(?i)<script(?! src=\"/swagger-ui/[^\"]+\"></script>)|<style| on\\w+=");
    assertThat(client.get("/swagger-ui/start.js").hasStatus(200).body())
        .contains("validatorUrl: \"none\"", "url: \"/openapi\"")
        .doesNotContain("location", "cookie", "contextPath");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/swagger-ui", "/swagger-ui/index.html", "/swagger-ui/res/swagger-ui-bundle.js"})
  void noAddressOfThePageIsAnother(String path) {
    String answer = client.get(path).hasStatus(200).body();

    assertThat(client.get(path + "?contextPath=/").hasStatus(200).body()).isEqualTo(answer);
    assertThat(client.get(path, "Cookie", "contextPath=/").hasStatus(200).body()).isEqualTo(answer);
    assertThat(answer).doesNotContain("contextPath");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/swagger-ui",
        "/swagger-ui/res/swagger-ui.css",
        "/openapi",
        "/health",
        "/api/accounts/me",
        "/none"
      })
  void noPageOfOthersFramesAnAnswer(String path) {
    Answer answer = client.get(path);

    assertThat(policy(answer))
        .contains(
            "default-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/health", "/api/accounts/me", "/oauth2/token", "/pages/style.css", "/none"})
  void whoIsKnownByAnHttpsAddressIsReachedByTlsAloneForAYear(String path) {
    assertThat(client.get(path).headers("Strict-Transport-Security"))
        .containsExactly("max-age=31536000");

    Node plain = Node.shared(Map.of("latchkey.issuer", "http://localhost:8080"));
    assertThat(plain.client().get(path).headers("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void soAreItsSubdomainsIfTheOperatorSaysSo() {
    Node wide = Node.shared(Map.of("latchkey.http.hsts-subdomains", "true"));

    assertThat(wide.client().get("/health").headers("Strict-Transport-Security"))
        .containsExactly("max-age=31536000; includeSubDomains");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/9\r\n\r\n", "\u0016\u0003\u0001\r\n\r\n", CHUNK_THAT_IS_NONE})
  void theRefusalOfWhatIsNoRequestSaysItAsWell(String bytes) throws IOException {
    try (Socket socket = TestTls.openSocket(node.address())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));

      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .contains(" 400 ")
          .containsOnlyOnce("\r\nStrict-Transport-Security: max-age=31536000\r\n");
    }
  }

  private static List<String> policy(Answer answer) {
    return List.of(answer.header("Content-Security-Policy").split("; *", -1));
  }

  private String bearer() {
    return "Bearer " + client.newcomer().access();
  }
}
