package dev.latchkey.domain.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** A token as it travels, refresh or access: whoever holds the text may use it (RFC 6750 §1.2). */
public final class TokenText {

  private final String text;

  public TokenText(String text) {
    this.text = text;
  }

  /** The clear text, for the answer that hands it out and for the adapter that reads it. */
  public String reveal() {
    return text;
  }

  /** Compares in a time that does not depend on how much of the text was right. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TokenText that
        && MessageDigest.isEqual(text.getBytes(UTF_8), that.text.getBytes(UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "TokenText[redacted]";
  }
}
