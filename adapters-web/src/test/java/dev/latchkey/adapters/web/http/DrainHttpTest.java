package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.adapters.web.connection.Drain;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections of a service that stops. When exactly each ends is shown without a network. */
@Timeout(60)
class DrainHttpTest {

  private static final String HEAD =
      "POST /api/auth/refresh HTTP/1.1\r\n"
          + "Host: a\r\n"
          + "Content-Type: application/json\r\n"
          + "Content-Length: 2\r\n\r\n";

  private static final String BODY = "{}";

  private final List<Socket> sockets = new ArrayList<>();
  private Node node;
  private Drain drain;

  @BeforeEach
  void start() {
    node = Node.start(Map.of());
    drain = node.bean(Drain.class);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    node.close();
  }

  @Test
  void aRequestInProgressIsAnsweredThoughTheServiceStops() throws Exception {
    Socket socket = openSocket();
    send(socket, HEAD);
    Socket other = openSocket();
    send(other, "GET /health/live");

    drain.begin();
    send(socket, BODY);
    send(other, "ness HTTP/1.1\r\nHost: a\r\n\r\n");

    assertThat(everythingFrom(socket)).startsWith("HTTP/1.1 400").contains("connection: close");
    assertThat(everythingFrom(other)).startsWith("HTTP/1.1 200").contains("connection: close");
    assertThat(drain.await(Duration.ofMinutes(1))).isZero();
  }

  @Test
  void aConnectionThatIsKeptServesOneRequestMore() throws Exception {
    Socket socket = openSocket();
    send(socket, HEAD + BODY);
    byte[] first = socket.getInputStream().readNBytes(12);

    drain.begin();
    send(socket, HEAD + BODY);

    assertThat(new String(first, US_ASCII)).isEqualTo("HTTP/1.1 400");
    assertThat(everythingFrom(socket)).contains("HTTP/1.1 400", "connection: close").endsWith("}");
    assertThat(drain.await(Duration.ofMinutes(1))).isZero();
  }

  @Test
  void noConnectionIsAcceptedOnceItHasBegun() {
    drain.begin();

    assertThatExceptionOfType(ConnectException.class).isThrownBy(this::openSocket);
  }

  @Test
  void doesNotWaitForThoseWhoSendNothing() throws Exception {
    openSocket();

    drain.begin();

    assertThat(drain.await(Duration.ofMinutes(1))).isZero();
  }

  @Test
  void saysWhetherRequestsHaveNotEndedInTime() throws Exception {
    Socket socket = openSocket();
    send(socket, HEAD);

    drain.begin();

    assertThat(drain.await(Duration.ZERO)).isPositive();
    send(socket, BODY);
    assertThat(everythingFrom(socket)).startsWith("HTTP/1.1 400");
    assertThat(drain.await(Duration.ofMinutes(1))).isZero();
  }

  private Socket openSocket() throws IOException {
    var socket = new Socket(node.address().getHost(), node.address().getPort());
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
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }
}
