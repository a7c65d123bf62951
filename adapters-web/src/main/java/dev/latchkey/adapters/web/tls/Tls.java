package dev.latchkey.adapters.web.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the service speaks TLS, and with what.
 *
 * @param certificate none: it speaks HTTP in clear
 */
public record Tls(Optional<CertificateInUse> certificate) {

  /**
   * @param certificateFile as {@code latchkey.tls.certificate} names it; empty for none
   * @param keyFile as {@code latchkey.tls.key} names it; empty for none
   * @throws IllegalArgumentException if one of them is missing, or they cannot be used
   */
  public static Tls of(String certificateFile, String keyFile) {
    if (certificateFile.isEmpty() && keyFile.isEmpty()) {
      return new Tls(Optional.empty());
    }
    if (certificateFile.isEmpty() || keyFile.isEmpty()) {
      throw new IllegalArgumentException("each needs the other, and one of them is missing");
    }
    return new Tls(Optional.of(CertificateInUse.load(Path.of(certificateFile), Path.of(keyFile))));
  }
}
