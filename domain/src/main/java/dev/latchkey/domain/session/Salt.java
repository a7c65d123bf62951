package dev.latchkey.domain.session;

import java.util.Arrays;

/** 16 random bytes of a session. Without them the master key derives no refresh token. */
public final class Salt {

  public static final int LENGTH = 16;

  private final byte[] bytes;

  public Salt(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a salt has 16 bytes");
    }
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Salt that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Salt[redacted]";
  }
}
