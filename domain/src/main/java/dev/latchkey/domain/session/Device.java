package dev.latchkey.domain.session;

import dev.latchkey.domain.text.InvisibleCharacters;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the device that a request came from, for people to recognise it by. Of all this
 * only its network decides anything: how many guesses are left.
 *
 * @param address the network address the request came from
 * @param userAgent what the client calls itself (RFC 9110 §10.1.5); cut to 256 characters, without
 *     invisible ones
 */
public record Device(@Nullable String address, @Nullable String userAgent) {

  private static final int MAX_USER_AGENT = 256;

  public Device {
    userAgent = userAgent == null ? null : printable(userAgent);
  }

  /** The network of its address. */
  public ClientNetwork network() {
    return ClientNetwork.of(address);
  }

  /**
   * A client sends what it likes; what is kept is short, can be stored, and cannot disturb what is
   * shown beside it.
   */
  private static String printable(String text) {
    return text.codePoints()
        .filter(Device::isPrintable)
        .limit(MAX_USER_AGENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !InvisibleCharacters.contains(codePoint);
    };
  }
}
