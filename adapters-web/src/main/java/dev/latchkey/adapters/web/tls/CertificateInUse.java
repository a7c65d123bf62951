package dev.latchkey.adapters.web.tls;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * The certificate that new connections get: what the files had when they could be used the last
 * time.
 */
public final class CertificateInUse {

  private static final byte[] UNREADABLE = {};

  private final Path certificateFile;
  private final Path keyFile;

  private volatile ServerCertificate current;

  /** Of the files that were looked at last, usable or not. */
  private byte[] seen;

  private CertificateInUse(
      Path certificateFile, Path keyFile, ServerCertificate current, byte[] seen) {
    this.certificateFile = certificateFile;
    this.keyFile = keyFile;
    this.current = current;
    this.seen = seen;
  }

  /** What came of a look at the files. */
  public sealed interface Look {

    record Unchanged() implements Look {}

    /** New connections get another certificate. */
    record Replaced(ServerCertificate by) implements Look {}

    /**
     * The files changed into something that cannot be used, perhaps because only one of them is
     * written yet. The same state of the files is reported once.
     *
     * @param reason without anything of their content
     */
    record Refused(String reason) implements Look {}
  }

  /**
   * @param certificateFile PEM: the certificate of the service, then those of its authorities
   * @param keyFile PEM: its private key
   * @throws UnusableCertificateException if they cannot be used
   */
  static CertificateInUse load(Path certificateFile, Path keyFile) {
    PemFile certificates = PemFile.read(certificateFile);
    PemFile key = PemFile.read(keyFile);
    return new CertificateInUse(
        certificateFile,
        keyFile,
        ServerCertificate.of(certificates, key),
        ServerCertificate.digest(certificates, key));
  }

  public ServerCertificate current() {
    return current;
  }

  SslContext context() {
    return current.context();
  }

  /**
   * Reads the files, by their names anew, so that a link may have been changed, and uses what they
   * have from now on.
   */
  public synchronized Look look() {
    byte[] before = seen;
    seen = UNREADABLE;
    try {
      PemFile certificates = PemFile.read(certificateFile);
      PemFile key = PemFile.read(keyFile);
      seen = ServerCertificate.digest(certificates, key);
      if (MessageDigest.isEqual(before, seen)) {
        return new Look.Unchanged();
      }
      ServerCertificate next = ServerCertificate.of(certificates, key);
      current = next;
      return new Look.Replaced(next);
    } catch (UnusableCertificateException e) {
      return MessageDigest.isEqual(before, seen)
          ? new Look.Unchanged()
          : new Look.Refused(String.valueOf(e.getMessage()));
    }
  }
}
