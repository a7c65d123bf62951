package dev.latchkey.adapters.mail.smtp;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the connection to the server is protected. With TLS, its certificate must be valid. */
public enum TransportSecurity {
  /** By an upgrade before anything is said that matters (RFC 3207); without it, nothing is. */
  STARTTLS,

  /** From the first byte on (RFC 8314 §3.3). */
  IMPLICIT,

  /** Not at all: password and mail can be read on the way. */
  NONE;

  /**
   * @throws IllegalArgumentException if it is the name of none
   */
  public static TransportSecurity parse(String text) {
    return Arrays.stream(values())
        .filter(security -> security.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "it must be one of "
                        + Arrays.stream(values())
                            .map(TransportSecurity::text)
                            .collect(Collectors.joining(", "))));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
