package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who keeps the service waiting loses the connection. How long each wait may be is shown without a
 * network.
 */
@ParameterizedClass
@ValueSource(strings = {"http", "https"})
class SlowConnectionsTest extends HttpTest {

  private static final String REQUEST = "GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n";

  private final List<Socket> sockets = new ArrayList<>();

  private static final Map<String, Object> SETTINGS =
      Map.of(
          "latchkey.http.head-timeout",
          "3s",
          "latchkey.http.body-timeout",
          "300ms",
          "latchkey.http.idle-timeout",
          "300ms");

  SlowConnectionsTest(String scheme) {
    super(TestTls.by(scheme, SETTINGS));
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosed() throws IOException {
    assertThat(everythingFrom(openSocket())).isEmpty();
  }

  @Test
  void aConnectionWithHalfAHeadIsClosed() throws IOException {
    Socket socket = openSocket();
    send(socket, "GET /health/liveness HTTP/1.1\r\n");

    assertThat(everythingFrom(socket)).isEmpty();
  }

  @Test
  void aConnectionWithHalfABodyIsClosed() throws IOException {
    Socket socket = openSocket();
    send(
        socket,
        "POST /api/auth/login HTTP/1.1\r\n"
            + "Host: a\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: 9\r\n\r\n"
            + "{");

    assertThat(everythingFrom(socket)).doesNotContain("200 Ok");
  }

  @Test
  void aConnectionIsClosedAfterItsLastAnswer() throws IOException {
    Socket socket = openSocket();
    send(socket, REQUEST);

    assertThat(everythingFrom(socket))
        .startsWith("HTTP/1.1 200 Ok")
        .doesNotContainIgnoringCase("connection: close");
  }

  private Socket openSocket() throws IOException {
    Socket socket = TestTls.openSocket(node.address());
    sockets.add(socket);
    // A connection that stays open would never end the reading.
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  /** What the service sends until it closes the connection. */
  private static String everythingFrom(Socket socket) throws IOException {
    var received = new StringBuilder();
    try {
      for (int next = socket.getInputStream().read();
          next >= 0;
          next = socket.getInputStream().read()) {
        received.append((char) next);
      }
    } catch (SocketException _) {
      // A connection that is reset is closed as well.
    }
    return received.toString();
  }
}
