package dev.latchkey.domain.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a confidential client proves itself with (RFC 6749 §2.3.1). */
public final class ClientSecret {

  /**
   * Of a secret that nobody can guess, however fast its hash is computed: 32 characters of Base64
   * are 192 bits.
   */
  static final int MIN_STRONG_LENGTH = 32;

  private final String text;

  public ClientSecret(String text) {
    this.text = text;
  }

  /** Whether the secret is long enough to be kept as a hash that is quick to compute. */
  public boolean isStrong() {
    return text.length() >= MIN_STRONG_LENGTH;
  }

  /**
   * SHA-256. A slow hash would protect secrets that people choose; these are random and long (RFC
   * 6819 §5.1.4.2.2), and every request of the client pays for the hash.
   */
  public ClientSecretHash hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return new ClientSecretHash(ClientSecretHash.PREFIX + HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ClientSecret[redacted]";
  }
}
