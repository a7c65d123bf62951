package dev.latchkey.domain.session;

import java.util.regex.Pattern;

/**
 * Names a public key of a device: the SHA-256 thumbprint of its JWK (RFC 7638), in Base64url. The
 * member {@code jkt} of access tokens (RFC 9449 §6.1). Not a secret: whoever knows it still lacks
 * the private key.
 */
public record KeyThumbprint(String text) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  /**
   * @throws IllegalArgumentException if it is not 32 bytes in Base64url
   */
  public KeyThumbprint {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a thumbprint has 43 characters of Base64url");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
