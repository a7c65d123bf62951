package dev.latchkey.domain.session;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the device that a session was started on, for people to recognise it by. Nothing is decided by it.
 *
 * @param address the network address the log-in came from
 * @param userAgent what the client calls itself (RFC 9110 §10.1.5); cut to 256 characters
 */
public record ClientFacts(@Nullable String address, @Nullable String userAgent) {

  private static final int MAX_USER_AGENT = 256;

  public ClientFacts {
    userAgent = userAgent == null ? null : printable(userAgent);
  }

  /** A client sends what it likes; what is kept is short and can be stored and shown. */
  private static String printable(String text) {
    return text.codePoints()
        .filter(c -> Character.getType(c) != Character.CONTROL && Character.getType(c) != Character.SURROGATE)
        .limit(MAX_USER_AGENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
