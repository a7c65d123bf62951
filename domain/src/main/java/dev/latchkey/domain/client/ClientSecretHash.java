package dev.latchkey.domain.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * The hash of a client's secret, as it stands in the configuration: {@code sha256:} and 64
 * hexadecimal digits.
 */
public final class ClientSecretHash {

  static final String PREFIX = "sha256:";

  private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");

  private final String text;

  /**
   * @throws IllegalArgumentException if the text is of another form; the message repeats nothing of
   *     it, as it may be the secret itself
   */
  public ClientSecretHash(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the hash of a client secret is " + PREFIX + " and 64 hexadecimal digits");
    }
    this.text = text;
  }

  /** Compares in a time that does not depend on how much of the secret was right. */
  boolean isOf(ClientSecret secret) {
    return MessageDigest.isEqual(text.getBytes(US_ASCII), secret.hash().text.getBytes(US_ASCII));
  }

  /** As it is written in the configuration. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return "ClientSecretHash[redacted]";
  }
}
