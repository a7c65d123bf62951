package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that do nothing give way to those that come. */
@ParameterizedClass
@ValueSource(strings = {"http", "https"})
class ManyConnectionsTest extends HttpTest {

  private static final String REQUEST = "GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n";

  private final List<Socket> sockets = new ArrayList<>();

  private static final Map<String, Object> SETTINGS =
      Map.of("latchkey.http.max-connections", "10", "latchkey.http.idle-timeout", "1h");

  ManyConnectionsTest(String scheme) {
    super(TestTls.by(scheme, SETTINGS));
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void everyNewConnectionIsServedAndTheOldestOnesAreClosed() throws IOException {
    for (int i = 0; i < 30; i++) {
      Socket socket = openSocket();
      socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(15);
      assertThat(new String(answer, US_ASCII)).as("connection " + i).isEqualTo("HTTP/1.1 200 Ok");
    }

    for (Socket oldest : sockets.subList(0, 20)) {
      // Returns when the service closes the connection.
      assertThat(oldest.getInputStream().readAllBytes()).isNotEmpty();
    }
  }

  private Socket openSocket() throws IOException {
    Socket socket = TestTls.openSocket(node.address());
    sockets.add(socket);
    // A connection that stays open would never end the reading.
    socket.setSoTimeout(20_000);
    return socket;
  }
}
