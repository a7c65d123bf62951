package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Issues certificates that nobody else trusts, by the JDK's keytool. */
public final class TestAuthority {

  private static final String PASSWORD = "changeit";
  private static final String OWN = "authority";

  private final Path store;
  private int issued;

  private TestAuthority(Path store) {
    this.store = store;
  }

  /**
   * @param folder that is empty
   */
  public static TestAuthority in(Path folder) throws IOException, InterruptedException {
    var authority = new TestAuthority(folder.resolve("authority.p12"));
    authority.generate(
        OWN, "-dname", "CN=Authority of tests", "-keyalg", "EC", "-ext", "bc:c", "-validity", "2");
    return authority;
  }

  /** One for this machine, with a key for ECDSA. */
  public TestCertificate issue() throws IOException, InterruptedException {
    return issue(
        "-keyalg", "EC", "-groupname", "secp256r1", "-ext", "san=dns:localhost,ip:127.0.0.1");
  }

  /**
   * @param options of keytool: the key, the names, the validity
   */
  public synchronized TestCertificate issue(String... options)
      throws IOException, InterruptedException {
    String alias = "issued" + ++issued;
    var all = new ArrayList<>(List.of("-signer", OWN, "-dname", "CN=" + alias));
    all.addAll(Arrays.asList(options));
    generate(alias, all.toArray(String[]::new));
    try {
      KeyStore keys = load();
      return new TestCertificate(
          Arrays.stream(keys.getCertificateChain(alias)).map(X509Certificate.class::cast).toList(),
          (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray()));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void generate(String alias, String... options) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(Arrays.asList(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** In PEM. */
  public String certificate() throws IOException {
    try {
      return TestCertificate.pem("CERTIFICATE", load().getCertificate(OWN).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Of a client that trusts this authority and no other. */
  public SSLContext trust() throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(OWN, load().getCertificate(OWN));
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
