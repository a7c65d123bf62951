package dev.latchkey.domain.code;

import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 hash of a code. */
public final class CodeHash {

  private final byte[] bytes;

  public CodeHash(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodeHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
