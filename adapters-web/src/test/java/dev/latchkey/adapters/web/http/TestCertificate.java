package dev.latchkey.adapters.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** A certificate of the {@link TestAuthority}, and its private key. */
public final class TestCertificate {

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  TestCertificate(List<X509Certificate> chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  public BigInteger serialNumber() {
    return chain.getFirst().getSerialNumber();
  }

  public PrivateKey revealKey() {
    return key;
  }

  /** The certificate and its authority's, in PEM. */
  public String chainPem() {
    var text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      try {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }

  /** PKCS#8 in PEM. */
  public String revealKeyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  public static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** Writes {@code tls.crt} and {@code tls.key}. */
  public TestCertificate writeTo(Path folder) throws IOException {
    Files.writeString(folder.resolve("tls.crt"), chainPem());
    Files.writeString(folder.resolve("tls.key"), revealKeyPem());
    return this;
  }
}
