package dev.latchkey.adapters.web.http;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * The bytes of a refresh token: {@code version:1 | keyId:1 | sessionId:16 | generation:4 | tag:32}.
 */
public final class TokenBytes {

  public static final int VERSION = 0;
  public static final int KEY_ID = 1;
  public static final int SESSION_ID = 2;
  public static final int GENERATION = 18;
  public static final int TAG = 22;
  public static final int LENGTH = 54;

  private static final String PREFIX = "lkr_";

  private TokenBytes() {}

  public static byte[] of(String token) {
    return Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
  }

  public static String toText(byte[] bytes) {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public static int keyIdOf(String token) {
    return Byte.toUnsignedInt(of(token)[KEY_ID]);
  }

  public static UUID sessionIdOf(String token) {
    ByteBuffer bytes = ByteBuffer.wrap(of(token));
    return new UUID(bytes.getLong(SESSION_ID), bytes.getLong(SESSION_ID + Long.BYTES));
  }

  public static int generationOf(String token) {
    return ByteBuffer.wrap(of(token)).getInt(GENERATION);
  }
}
