package dev.latchkey.adapters.security;

import java.security.SecureRandom;
import java.util.Arrays;

/** What several tests here start from. */
final class Samples {

  /** The bytes 0, 1, 2, … 31. */
  static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  /** The bytes 32, 33, 34, … 63. */
  static final String OTHER_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

  private Samples() {}

  /** Gives the same byte for ever. */
  static SecureRandom constantRandom(int value) {
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) value);
      }
    };
  }
}
