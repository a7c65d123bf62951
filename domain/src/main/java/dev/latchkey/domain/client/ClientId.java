package dev.latchkey.domain.client;

import java.util.regex.Pattern;

/**
 * Names a client. No secret: it travels in requests and stands in access tokens (RFC 6749 §2.2).
 *
 * @param text 1 to 100 printable ASCII characters (RFC 6749 Appendix A.1)
 */
public record ClientId(String text) {

  private static final Pattern FORM = Pattern.compile("[\\x20-\\x7e]{1,100}");

  /**
   * The client that a request comes from if it names none: the application that Latchkey is run
   * for.
   */
  public static final ClientId FIRST_PARTY = new ClientId("latchkey");

  /**
   * @throws IllegalArgumentException unless {@link #isWellFormed}
   */
  public ClientId {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException("a client id has 1 to 100 printable ASCII characters");
    }
  }

  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
