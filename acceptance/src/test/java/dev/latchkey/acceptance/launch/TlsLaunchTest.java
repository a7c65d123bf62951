package dev.latchkey.acceptance.launch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.TestCertificate;
import dev.latchkey.adapters.web.http.TestTls;
import dev.latchkey.bootstrap.LatchkeyServer;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.ChildJvm;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service with a certificate of its own, as it is launched. */
@Timeout(300)
final class TlsLaunchTest {

  @TempDir(factory = BelowTarget.class)
  Path folder;

  @Test
  void servesTheNextCertificateWithoutARestart() throws Exception {
    TestCertificate first = TestTls.authorityOfAll().issue().writeTo(folder);
    try (ServiceProcess service = ServiceProcess.with(environment(Map.of()))) {
      service.start();
      URI address = service.address();
      assertThat(address).hasScheme("https");
      Client client = new Client(address);
      assertThat(client.get("/.well-known/oauth-authorization-server").text("/issuer"))
          .startsWith("https://localhost:");
      assertThat(served(address)).isEqualTo(first.serialNumber());
      assertThatThrownBy(() -> handshakeTwice(address)).isInstanceOf(IOException.class);
      assertThat(client.get("/prometheus").hasStatus(200).body())
          .containsPattern("latchkey_tls_certificate_expiry_seconds 1\\.\\d+E9");

      Files.writeString(folder.resolve("tls.key"), "half written");
      TestCertificate next = TestTls.authorityOfAll().issue().writeTo(folder);
      while (!served(address).equals(next.serialNumber())) {
        Thread.onSpinWait();
      }
      client.newcomer();
      service.stop();

      assertThat(service.said()).filteredOn(line -> line.contains("TLS certificate: ")).hasSize(1);
      assertThat(service.saidSince())
          .filteredOn(line -> line.contains("TLS certificate: CN="))
          .hasSize(1);
      assertThat(service.saidSince()).noneMatch(line -> line.contains("ERROR"));
    }
  }

  /** On one connection; without this a client could have as many computed as it likes. */
  private static void handshakeTwice(URI address) throws IOException {
    try (SSLSocket socket = open(address)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      socket.startHandshake();
      socket
          .getOutputStream()
          .write("GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      if (socket.getInputStream().read() < 0) {
        throw new EOFException();
      }
    }
  }

  private static SSLSocket open(URI address) throws IOException {
    return (SSLSocket)
        TestTls.context().getSocketFactory().createSocket(address.getHost(), address.getPort());
  }

  private static BigInteger served(URI address) throws IOException {
    try (SSLSocket socket = open(address)) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  @Test
  void startsWithACertificateThatHasExpiredAndSaysSoLoudly() throws Exception {
    TestCertificate expired =
        TestTls.authorityOfAll()
            .issue("-keyalg", "EC", "-startdate", "-3d", "-validity", "1")
            .writeTo(folder);
    try (ServiceProcess service = ServiceProcess.with(environment(Map.of()))) {
      service.start();

      assertThat(service.said())
          .filteredOn(line -> line.contains("ERROR"))
          .singleElement()
          .asString()
          .contains("CLIENTS REFUSE THE TLS CERTIFICATE");
      assertThat(expired.chainPem()).isNotEmpty();
    }
  }

  @Test
  void saysInOneSentenceWhyThereIsNoTls() throws Exception {
    var _ = TestTls.authorityOfAll().issue().writeTo(folder);
    assertThat(refusal(Map.of("latchkey.tls.key", "")))
        .contains("latchkey.tls.certificate and latchkey.tls.key", "one of them is missing");
    assertThat(refusal(Map.of("latchkey.issuer", "http://localhost:8080")))
        .contains("latchkey.issuer", "https");

    TestCertificate other = TestTls.authorityOfAll().issue();
    Files.writeString(folder.resolve("tls.key"), other.revealKeyPem());
    assertThat(refusal(Map.of()))
        .contains("is not that of the first certificate in " + folder.resolve("tls.crt"))
        .doesNotContain(other.revealKeyPem().lines().toList().get(1));
  }

  private String refusal(Map<String, Object> others) throws IOException {
    try (ChildJvm refused = ChildJvm.runningBriefly(LatchkeyServer.class, environment(others))) {
      List<String> said = refused.readToTheEnd();
      assertThat(said).hasSize(1);
      return said.getFirst();
    }
  }

  private Map<String, String> environment(Map<String, Object> others) {
    var settings = new HashMap<>(TestDatabase.settings());
    settings.put("latchkey.master-key", Node.masterKey());
    settings.put("micronaut.server.port", "-1");
    settings.put("latchkey.tls.check-interval", "200ms");
    settings.putAll(TestTls.settings(folder));
    settings.putAll(others);
    return ServiceProcess.environment(settings);
  }
}
