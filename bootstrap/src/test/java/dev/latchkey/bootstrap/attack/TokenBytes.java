package dev.latchkey.bootstrap.attack;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * The bytes of a refresh token: {@code version:1 | keyId:1 | sessionId:16 | generation:4 | tag:32}.
 */
final class TokenBytes {

  static final int VERSION = 0;
  static final int KEY_ID = 1;
  static final int SESSION_ID = 2;
  static final int GENERATION = 18;
  static final int TAG = 22;
  static final int LENGTH = 54;

  private static final String PREFIX = "lkr_";

  private TokenBytes() {}

  static byte[] of(String token) {
    return Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
  }

  static String toText(byte[] bytes) {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static int keyIdOf(String token) {
    return Byte.toUnsignedInt(of(token)[KEY_ID]);
  }

  static UUID sessionIdOf(String token) {
    ByteBuffer bytes = ByteBuffer.wrap(of(token));
    return new UUID(bytes.getLong(SESSION_ID), bytes.getLong(SESSION_ID + Long.BYTES));
  }

  static int generationOf(String token) {
    return ByteBuffer.wrap(of(token)).getInt(GENERATION);
  }
}
