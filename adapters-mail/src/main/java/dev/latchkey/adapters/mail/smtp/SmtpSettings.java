package dev.latchkey.adapters.mail.smtp;

import java.util.Optional;

/**
 * Where mail is handed in.
 *
 * @param host a name or an address
 * @param credentials if the server wants to know whom the mail is from
 */
public record SmtpSettings(
    String host, int port, TransportSecurity tls, Optional<SmtpCredentials> credentials) {

  /**
   * @throws IllegalArgumentException if there can be no such host or port
   */
  public SmtpSettings {
    if (!host.matches("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?")) {
      throw new IllegalArgumentException("the host must be a name or an address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port must be from 1 to 65535");
    }
  }

  /** For people. */
  public String place() {
    return host + ":" + port;
  }
}
