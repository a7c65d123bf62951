package dev.latchkey.adapters.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.web.http.TestAuthority;
import dev.latchkey.adapters.web.http.TestCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateInUseTest {

  @TempDir static Path authorities;

  private static TestAuthority authority;
  private static TestCertificate ec;
  private static TestCertificate other;
  private static TestCertificate rsa;

  @TempDir Path folder;
  private Path certificate;
  private Path key;

  @BeforeAll
  static void issue() throws Exception {
    authority = TestAuthority.in(authorities);
    ec = authority.issue();
    other = authority.issue();
    rsa = authority.issue("-keyalg", "RSA", "-keysize", "2048");
  }

  @BeforeEach
  void names() {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
  }

  @Test
  void readsPkcs8() throws Exception {
    for (TestCertificate any :
        new TestCertificate[] {ec, rsa, authority.issue("-keyalg", "Ed25519")}) {
      assertUsable(any.chainPem(), any.revealKeyPem());
    }
  }

  @Test
  void readsAKeyBehindOtherBlocksAndText() throws IOException {
    assertUsable(
        "subject=CN=localhost\n" + ec.chainPem(),
        TestCertificate.pem("EC PARAMETERS", new byte[] {6, 0}) + "\r\n" + ec.revealKeyPem());
    assertUsable(ec.revealKeyPem() + ec.chainPem(), ec.revealKeyPem() + ec.chainPem());
  }

  /** RFC 8017 A.1.2: what is in PKCS#8 behind its version, its algorithm and two headers. */
  @Test
  void readsPkcs1() throws IOException {
    byte[] pkcs8 = rsa.revealKey().getEncoded();
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);

    assertUsable(rsa.chainPem(), TestCertificate.pem("RSA PRIVATE KEY", pkcs1));
  }

  /** RFC 5915 §3: version 1, the key, the curve P-256. */
  @Test
  void readsSec1() throws IOException {
    BigInteger number = ((ECPrivateKey) ec.revealKey()).getS();
    String sec1 = "3031020101" + "0420%064x".formatted(number) + "a00a06082a8648ce3d030107";

    assertUsable(
        ec.chainPem(), TestCertificate.pem("EC PRIVATE KEY", HexFormat.of().parseHex(sec1)));
  }

  private void assertUsable(String certificateText, String keyText) throws IOException {
    Files.writeString(certificate, certificateText);
    Files.writeString(key, keyText);

    ServerCertificate current = CertificateInUse.load(certificate, key).current();

    assertThat(current.notAfter()).isAfter(Instant.now());
  }

  @Test
  void refusesFilesThatAreNotThere() throws IOException {
    assertRefused("there is no file " + certificate);
    Files.writeString(certificate, ec.chainPem());
    assertRefused("there is no file " + key);
    Files.createDirectory(key);
    assertRefused(key + " cannot be read");
  }

  @Test
  void refusesFilesOfAnotherForm() throws IOException {
    assertRefused("", ec.revealKeyPem(), certificate + " is not in the form of PEM");
    assertRefused(ec.revealKeyPem(), ec.revealKeyPem(), "no certificate in " + certificate);
    assertRefused(
        TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}),
        ec.revealKeyPem(),
        "a certificate in " + certificate + " is malformed");
    assertRefused(ec.chainPem(), "0badc0de", key + " is not in the form of PEM");
    assertRefused(ec.chainPem(), ec.chainPem(), "no private key in " + key);
    for (String label : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"}) {
      for (String content : new String[] {"", "30", "30ff", "3003020101", "3084ffffffff"}) {
        assertRefused(
            ec.chainPem(),
            TestCertificate.pem(label, HexFormat.of().parseHex(content)),
            "the private key in " + key + " is not one that this JVM can use");
      }
    }
    assertRefused(
        ec.chainPem(),
        "-----BEGIN PRIVATE KEY-----\nno*base64\n-----END PRIVATE KEY-----",
        "is not one that this JVM can use");
  }

  @Test
  void refusesEncryptedKeysAndSaysHowToDecryptThem() throws IOException {
    assertRefused(
        ec.chainPem(),
        TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[] {48, 0}),
        "is encrypted; decrypt it (openssl pkey -in KEY -out DECRYPTED)");
    assertRefused(
        ec.chainPem(),
        "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n"
            + "AAAA\n-----END EC PRIVATE KEY-----\n",
        "is encrypted");
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() throws IOException {
    for (TestCertificate another : new TestCertificate[] {other, rsa}) {
      assertRefused(
          ec.chainPem(), another.revealKeyPem(), "is not that of the first certificate in");
    }
    assertRefused(
        authority.certificate() + ec.chainPem(),
        ec.revealKeyPem(),
        "which must be that of the service, followed by those of its authorities");
  }

  @Test
  void refusesAnRsaKeyThatIsTooShort() throws Exception {
    TestCertificate weak = authority.issue("-keyalg", "RSA", "-keysize", "1024");

    assertRefused(weak.chainPem(), weak.revealKeyPem(), "less than 2048 bits");
  }

  private void assertRefused(String certificateText, String keyText, String reason)
      throws IOException {
    Files.writeString(certificate, certificateText);
    Files.writeString(key, keyText);
    assertRefused(reason);
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(() -> CertificateInUse.load(certificate, key))
        .isInstanceOf(UnusableCertificateException.class)
        .message()
        .contains(reason)
        .matches("[^\\n]+[^.\\n]");
  }

  @Test
  void usesACertificateThatHasExpired() throws Exception {
    TestCertificate expired =
        authority.issue("-keyalg", "EC", "-startdate", "-3d", "-validity", "1").writeTo(folder);

    ServerCertificate current = CertificateInUse.load(certificate, key).current();

    assertThat(current.notAfter()).isBefore(Instant.now());
    assertThat(expired.chainPem()).isNotEmpty();
  }

  @Test
  void expiresWithTheFirstOfItsChain() throws Exception {
    TestCertificate longer = authority.issue("-keyalg", "EC", "-validity", "900").writeTo(folder);

    assertThat(CertificateInUse.load(certificate, key).current().notAfter())
        .isBefore(Instant.now().plus(Duration.ofDays(3)));
    assertThat(longer.chainPem()).isNotEmpty();
  }

  @Test
  void showsNothingOfTheKey() throws IOException {
    var _ = ec.writeTo(folder);
    String secret =
        Base64.getEncoder().encodeToString(ec.revealKey().getEncoded()).substring(40, 60);
    assertThat(ec.revealKeyPem().replace("\n", "")).contains(secret);

    PemFile file = PemFile.read(key);

    assertThat(file.toString() + file.blocks() + CertificateInUse.load(certificate, key).current())
        .doesNotContain(secret);
  }

  @Test
  void aLookAtFilesThatDidNotChangeChangesNothing() throws IOException {
    var _ = ec.writeTo(folder);
    CertificateInUse inUse = CertificateInUse.load(certificate, key);
    ServerCertificate before = inUse.current();

    assertThat(inUse.look()).isInstanceOf(CertificateInUse.Look.Unchanged.class);
    var _ = ec.writeTo(folder);
    assertThat(inUse.look()).isInstanceOf(CertificateInUse.Look.Unchanged.class);
    assertThat(inUse.current()).isSameAs(before);
  }

  @Test
  void aHalfWrittenPairLeavesTheOldOneInUseAndIsReportedOnce() throws IOException {
    var _ = ec.writeTo(folder);
    CertificateInUse inUse = CertificateInUse.load(certificate, key);
    ServerCertificate before = inUse.current();

    Files.writeString(certificate, other.chainPem().substring(0, 300));
    assertReportedOnce(inUse, before);
    Files.writeString(certificate, other.chainPem());
    assertReportedOnce(inUse, before);
    Files.delete(key);
    assertReportedOnce(inUse, before);
    Files.writeString(key, other.revealKeyPem().substring(0, 100));
    assertReportedOnce(inUse, before);
    Files.writeString(key, other.revealKeyPem());

    assertThat(inUse.look()).isInstanceOf(CertificateInUse.Look.Replaced.class);
    assertThat(inUse.current()).isNotSameAs(before);
    assertThat(inUse.look()).isInstanceOf(CertificateInUse.Look.Unchanged.class);
  }

  private static void assertReportedOnce(CertificateInUse inUse, ServerCertificate before) {
    assertThat(inUse.look()).isInstanceOf(CertificateInUse.Look.Refused.class);
    assertThat(inUse.look()).isInstanceOf(CertificateInUse.Look.Unchanged.class);
    assertThat(inUse.current()).isSameAs(before);
  }

  /** As Kubernetes mounts secrets: links to links to a folder, of which one changes. */
  @Test
  void followsALinkThatIsChanged() throws IOException {
    Path one = Files.createDirectory(folder.resolve("..1"));
    Path two = Files.createDirectory(folder.resolve("..2"));
    var _ = ec.writeTo(one);
    var _ = other.writeTo(two);
    Path data = Files.createSymbolicLink(folder.resolve("..data"), one);
    Files.createSymbolicLink(certificate, data.resolve("tls.crt"));
    Files.createSymbolicLink(key, data.resolve("tls.key"));
    CertificateInUse inUse = CertificateInUse.load(certificate, key);
    ServerCertificate before = inUse.current();

    Path next = Files.createSymbolicLink(folder.resolve("..next"), two);
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

    assertThat(inUse.look()).isInstanceOf(CertificateInUse.Look.Replaced.class);
    assertThat(inUse.current()).isNotSameAs(before);
  }

  @Test
  void oneFileWithoutTheOtherIsRefused() {
    assertThat(Tls.of("", "").certificate()).isEmpty();
    for (String[] files : new String[][] {{"tls.crt", ""}, {"", "tls.key"}}) {
      assertThatThrownBy(() -> Tls.of(files[0], files[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("one of them is missing");
    }
  }
}
