package dev.latchkey.adapters.web.connection;

import java.util.Optional;

/**
 * Whether browsers are asked to reach the service by TLS alone (RFC 6797).
 *
 * @param https whether clients know the service by an https address
 * @param subdomains whether that includes all hosts below its own
 */
public record StrictTransport(boolean https, boolean subdomains) {

  private static final String ONE_YEAR = "max-age=31536000";

  /** The value of the header, if there is one. */
  Optional<String> header() {
    return https
        ? Optional.of(subdomains ? ONE_YEAR + "; includeSubDomains" : ONE_YEAR)
        : Optional.empty();
  }
}
