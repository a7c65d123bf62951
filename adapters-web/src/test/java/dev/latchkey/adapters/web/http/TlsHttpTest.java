package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.latchkey.adapters.web.tls.CertificateInUse;
import dev.latchkey.adapters.web.tls.Tls;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** TLS of the service itself (RFC 8446, RFC 9325), and the change of its certificate. */
class TlsHttpTest {

  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int PROTOCOL_VERSION = 70;

  private static final String REQUEST =
      "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  @TempDir static Path folder;

  private static Node node;
  private static Node impatient;
  private static TestCertificate first;

  @BeforeAll
  static void start() throws Exception {
    first = TestTls.authorityOfAll().issue().writeTo(folder);
    node = Node.start(TestTls.settings(folder));
    impatient = Node.shared(TestTls.by("https", Map.of("latchkey.http.head-timeout", "2s")));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void answersByHttps() {
    assertThat(node.address()).hasScheme("https");

    Tokens tokens = node.client().newcomer();
    node.client().refresh(tokens.refresh()).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void speaksTls13AndTls12(String version) throws IOException {
    try (SSLSocket socket = open()) {
      socket.setEnabledProtocols(new String[] {version});

      assertThat(answer(socket)).startsWith("HTTP/1.1 200 Ok");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  /** The JDK's client would not even ask, so the bytes are written by hand. */
  @ParameterizedTest
  @ValueSource(strings = {"0302", "0301", "0300"})
  void refusesAnythingOlder(String version) throws IOException {
    assertThat(firstRecordAfter(clientHello("0303"))).startsWith(HANDSHAKE);

    assertThat(firstRecordAfter(clientHello(version)))
        .startsWith(ALERT)
        .endsWith(2, PROTOCOL_VERSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"
      })
  void refusesCipherSuitesWithoutAuthenticatedEncryption(String suite) throws IOException {
    assertThat(handshake("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")).endsWith("GCM_SHA256");

    assertThatThrownBy(() -> handshake(suite)).isInstanceOf(SSLException.class);
  }

  private static String handshake(String suite) throws IOException {
    try (SSLSocket socket = open()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  @Test
  void offersHttp11AndNothingElse() throws IOException {
    assertThat(protocolOf("h2", "http/1.1")).isEqualTo("http/1.1");
    assertThat(protocolOf()).isEmpty();
    assertThatThrownBy(() -> protocolOf("h2")).isInstanceOf(SSLException.class);
  }

  private static String protocolOf(String... offered) throws IOException {
    try (SSLSocket socket = open()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(offered);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getApplicationProtocol();
    }
  }

  @Test
  void aRequestWithoutTlsGetsNothing() throws IOException {
    try (Log log = Log.record();
        Socket plain = plainSocketTo(node)) {
      plain.getOutputStream().write(REQUEST.getBytes(US_ASCII));

      assertThat(everythingFrom(plain)).doesNotContain("HTTP");
      assertThat(log.lines).isEmpty();
    }
  }

  @Test
  void aClientThatTrustsAnotherAuthorityLeavesNoTraceInTheLog(@TempDir Path elsewhere)
      throws Exception {
    var stranger = TestAuthority.in(elsewhere).trust().getSocketFactory();
    try (Log log = Log.record();
        Socket socket = stranger.createSocket(node.address().getHost(), node.address().getPort())) {
      assertThatThrownBy(() -> ((SSLSocket) socket).startHandshake())
          .isInstanceOf(SSLException.class);
      node.client().get("/health/liveness").hasStatus(200);

      assertThat(log.lines).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 40})
  void aHandshakeThatDoesNotGoOnIsEnded(int bytes) throws IOException {
    try (Socket socket = plainSocketTo(impatient)) {
      socket.getOutputStream().write(clientHello("0303"), 0, bytes);

      // Returns when the service closes the connection.
      assertThat(everythingFrom(socket)).doesNotContain("HTTP");
    }
  }

  @Test
  void aHandshakeThatTricklesIsEndedAsWell() throws IOException {
    try (Socket socket = plainSocketTo(impatient)) {
      byte[] hello = clientHello("0303");
      socket.setSoTimeout(100);
      int sent = 0;
      boolean open = true;
      while (open && sent < hello.length - 1) {
        socket.getOutputStream().write(hello[sent++]);
        open = !isClosed(socket);
      }

      assertThat(open).as("after " + sent + " bytes").isFalse();
    } catch (SocketException _) {
      // A connection that is reset is closed as well.
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {}
      return true;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    }
  }

  @Test
  void newConnectionsGetTheNextCertificateAndTheOthersGoOn() throws Exception {
    TestCertificate next = TestTls.authorityOfAll().issue();
    try (SSLSocket before = open()) {
      before.startHandshake();
      BigInteger served = serialNumber(before);
      var _ = next.writeTo(folder);

      assertThat(look()).isInstanceOf(CertificateInUse.Look.Replaced.class);

      try (SSLSocket after = open()) {
        assertThat(answer(after)).startsWith("HTTP/1.1 200 Ok");
        assertThat(serialNumber(after)).isEqualTo(next.serialNumber()).isNotEqualTo(served);
      }
      assertThat(answer(before)).startsWith("HTTP/1.1 200 Ok");
      assertThat(serialNumber(before)).isEqualTo(served);
    }
  }

  @Test
  void noRequestFailsWhileCertificatesChange() throws Exception {
    List<TestCertificate> certificates =
        List.of(first, TestTls.authorityOfAll().issue(), TestTls.authorityOfAll().issue());
    var over = new AtomicBoolean();
    var requests = new AtomicInteger();
    Set<BigInteger> served = ConcurrentHashMap.newKeySet();
    try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(
            clients.submit(
                () -> {
                  while (!over.get()) {
                    try (SSLSocket socket = open()) {
                      assertThat(answer(socket)).startsWith("HTTP/1.1 200 Ok");
                      served.add(serialNumber(socket));
                    }
                    requests.incrementAndGet();
                  }
                  return null;
                }));
      }
      try {
        for (int i = 1; i <= 15; i++) {
          TestCertificate next = certificates.get(i % certificates.size());
          int before = requests.get();
          replace("tls.crt", next.chainPem());
          assertThat(look()).isInstanceOf(CertificateInUse.Look.Refused.class);
          replace("tls.key", next.revealKeyPem());
          assertThat(look()).isInstanceOf(CertificateInUse.Look.Replaced.class);
          while (requests.get() < before + 8 && running.stream().noneMatch(Future::isDone)) {
            Thread.onSpinWait();
          }
        }
      } finally {
        over.set(true);
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
    assertThat(requests.get()).isGreaterThan(100);
    assertThat(served)
        .containsAll(certificates.stream().map(TestCertificate::serialNumber).toList());
  }

  /** As those do who care that nobody reads half a file. */
  private static void replace(String name, String content) throws IOException {
    Path draft = Files.writeString(folder.resolve("draft"), content);
    Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** As the job does it, which is not due in tests. */
  private static CertificateInUse.Look look() {
    return node.bean(Tls.class).certificate().orElseThrow().look();
  }

  private static BigInteger serialNumber(SSLSocket socket) throws SSLException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
  }

  private static SSLSocket open() throws IOException {
    SSLSocket socket = (SSLSocket) TestTls.openSocket(node.address());
    socket.setSoTimeout(20_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static Socket plainSocketTo(Node service) throws IOException {
    var socket = new Socket(service.address().getHost(), service.address().getPort());
    // A connection that stays open would never end the reading.
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String answer(SSLSocket socket) throws IOException {
    socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

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

  private static int[] firstRecordAfter(byte[] hello) throws IOException {
    try (Socket socket = plainSocketTo(node)) {
      socket.getOutputStream().write(hello);
      int type = socket.getInputStream().read();
      socket.getInputStream().readNBytes(4);
      return new int[] {type, socket.getInputStream().read(), socket.getInputStream().read()};
    }
  }

  /** RFC 5246 §7.4.1.2: two suites, the curve P-256, and ECDSA with SHA-256. */
  private static byte[] clientHello(String version) {
    String suites = "c02bc009";
    String extensions = "000a000400020017" + "000d000400020403";
    String body =
        version
            + "ab".repeat(32)
            + "00"
            + "%04x".formatted(suites.length() / 2)
            + suites
            + "0100"
            + "%04x".formatted(extensions.length() / 2)
            + extensions;
    String handshake = "01%06x".formatted(body.length() / 2) + body;
    return HexFormat.of().parseHex("160301%04x".formatted(handshake.length() / 2) + handshake);
  }

  /** What is written to the log while this is open. */
  private static final class Log extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    static Log record() {
      var log = new Log();
      log.start();
      log.root.addAppender(log);
      return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(event.getLoggerName() + ": " + event.getFormattedMessage());
    }

    @Override
    public void close() {
      root.detachAppender(this);
      stop();
    }
  }
}
