package dev.latchkey.adapters.web.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** The authority that the clients of all tests trust, and a certificate of it. */
public final class TestTls {

  private static final Path FOLDER = folder();
  private static final TestAuthority AUTHORITY = authority();
  private static final SSLContext TRUST = trust();
  private static final HttpClient HTTP = HttpClient.newBuilder().sslContext(TRUST).build();

  private TestTls() {}

  private static Path folder() {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      return Files.createTempDirectory(target, "tls").toAbsolutePath();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestAuthority authority() {
    try {
      TestAuthority authority = TestAuthority.in(FOLDER);
      var _ = authority.issue().writeTo(FOLDER);
      return authority;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext trust() {
    try {
      return AUTHORITY.trust();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static TestAuthority authorityOfAll() {
    return AUTHORITY;
  }

  public static SSLContext context() {
    return TRUST;
  }

  static HttpClient client() {
    return HTTP;
  }

  /** Those of a service that speaks TLS, with the files in this folder. */
  public static Map<String, Object> settings(Path folder) {
    return Map.of(
        "latchkey.tls.certificate", folder.resolve("tls.crt").toString(),
        "latchkey.tls.key", folder.resolve("tls.key").toString());
  }

  /**
   * Those of a service that speaks this.
   *
   * @param others that it has as well
   */
  static Map<String, Object> by(String scheme, Map<String, Object> others) {
    if (!scheme.equals("https")) {
      return others;
    }
    var all = new HashMap<>(settings(FOLDER));
    all.putAll(others);
    return Map.copyOf(all);
  }

  /** A connection by TCP, or by TLS if that is what the service speaks. */
  static Socket openSocket(URI service) throws IOException {
    return service.getScheme().equals("https")
        ? TRUST.getSocketFactory().createSocket(service.getHost(), service.getPort())
        : new Socket(service.getHost(), service.getPort());
  }
}
