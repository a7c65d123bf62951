package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service with a port of its own for those who run it. */
class ManagementPortHttpTest extends HttpTest {

  private static final int PORT = freePort();

  private final Client management = node.management();

  ManagementPortHttpTest() {
    super(Map.of("latchkey.management.port", PORT));
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi",
        "/swagger-ui",
        "/swagger-ui/index.html",
        "/swagger-ui/start.js",
        "/swagger-ui/res/swagger-ui-bundle.js",
        "/swagger-ui/res/swagger-ui.css",
        "/health",
        "/health/liveness",
        "/health/readiness"
      })
  void servesWhoeverRunsTheService(String path) {
    management.get(path).hasStatus(200);
  }

  /** As any path that there is not, whatever way it is written and whatever is done with it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi",
        "/openapi/",
        "//openapi",
        "/%6fpenapi",
        "/swagger-ui",
        "/swagger-ui/",
        "/swagger-ui/index.html",
        "/swagger-ui/start.js",
        "/swagger-ui/res/swagger-ui-bundle.js",
        "/swagger-ui/res/swagger-ui.css",
        "/health",
        "/health/",
        "/prometheus",
        "/prometheus/",
        "/%70rometheus"
      })
  void whatItServesIsUnknownAtThePortOfTheService(String path) throws IOException {
    int service = node.address().getPort();
    String bearer = "Authorization: Bearer " + client.newcomer().access();
    String host = "localhost:" + PORT;

    for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
      for (String target : List.of(path, "http://" + host + path)) {
        assertThat(answerTo(service, method + " " + target, "Host: " + host, bearer))
            .as("%s %s", method, target)
            .startsWith("HTTP/1.1 404 ");
      }
    }
    assertThat(answerTo(service, "GET " + path, "Host: " + host, "X-Forwarded-Port: " + PORT))
        .startsWith("HTTP/1.1 404 ")
        .contains("\"code\":\"not_found\"");
  }

  @Test
  void nothingOfTheServiceIsServedThere() {
    Tokens tokens = client.newcomer();
    String name = Client.someone();

    management.register(name).isProblem(404, "not_found");
    management.login(name, Client.PASSWORD).isProblem(404, "not_found");
    management.refresh(tokens.refresh()).isProblem(404, "not_found");
    management.me(tokens.access()).isProblem(404, "not_found");
    for (String path :
        List.of(
            "/",
            "/sign-in",
            "/account",
            "/pages/style.css",
            "/pages/client/client.js",
            "/.well-known/jwks.json",
            "/.well-known/oauth-authorization-server",
            "/.well-known/change-password",
            "/api/signing-keys",
            "/api/sessions",
            "/beans",
            "/env")) {
      management.get(path).isProblem(404, "not_found");
    }
    management
        .send(management.request("/oauth2/token").POST(BodyPublishers.noBody()))
        .hasStatus(404);
    client.refresh(tokens.refresh()).hasStatus(200);
  }

  /** A load balancer learns whether, never why. */
  @ParameterizedTest
  @ValueSource(strings = {"/health/liveness", "/health/readiness"})
  void atThePortOfTheServiceHealthIsUpOrDownAndNothingElse(String path) {
    assertThat(client.get(path).hasStatus(200).body()).isEqualTo("{\"status\":\"UP\"}");
  }

  @Test
  void healthSaysWhichPartsThereAre() {
    assertThat(management.get("/health").hasStatus(200).json().path("details").isObject()).isTrue();
  }

  @Test
  void theFrontPageLeadsNowhereThatIsNot() {
    assertThat(client.get("/").hasStatus(200).body())
        .doesNotContain("/swagger-ui", "/openapi", "footer", "{{")
        .contains("/sign-in");
  }

  /** The rules for connections and requests are those of the service. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /openapi HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /openapi HTTP/1.1\r\n\r\n",
        "POST /api/auth/login HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Content-Length: 1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n",
        "GET /prometheus HTTP/2.0\r\nHost: a\r\n\r\n"
      })
  void refusesWhatIsAmbiguousAndCloses(String request) throws IOException {
    assertThat(answer(PORT, request)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void isOpenToThisMachineAlone() throws SocketException {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();

    assertThat(others).allSatisfy(address -> assertThat(isOpenAt(address)).isFalse());
    assertThat(isOpenAt(InetAddress.getLoopbackAddress())).isTrue();
  }

  private static String answerTo(int port, String line, String... headers) throws IOException {
    return answer(
        port,
        line
            + " HTTP/1.1\r\n"
            + String.join("\r\n", headers)
            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  /** All that comes until the connection is closed. */
  private static String answer(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static boolean isOpenAt(InetAddress address) {
    try (var _ = new Socket(address, PORT)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
