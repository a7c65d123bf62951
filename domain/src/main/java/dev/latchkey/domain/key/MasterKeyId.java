package dev.latchkey.domain.key;

/**
 * Names the master key that a refresh token was derived with, so that master keys can be rotated.
 *
 * @param value 0 to 255: one byte in a token
 */
public record MasterKeyId(int value) {

  public MasterKeyId {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException("a master key id is from 0 to 255");
    }
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
