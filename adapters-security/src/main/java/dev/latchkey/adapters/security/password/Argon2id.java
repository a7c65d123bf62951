package dev.latchkey.adapters.security.password;

/**
 * The function itself (RFC 9106), and what computes it.
 *
 * @param computedBy for the log
 */
record Argon2id(String computedBy, RawHash rawHash) {

  /**
   * The library of the system comes first: it is updated with the system, and its compiler is newer
   * than that of the other.
   *
   * @param memoryKiB of the hashes that will be made, for what keeps its memory; a hash may take
   *     more
   */
  static Argon2id fastestHere(int memoryKiB) {
    return NativeArgon2id.ofSystem()
        .map(rawHash -> new Argon2id("libargon2 of the system", rawHash))
        .or(
            () ->
                NativeArgon2id.packaged()
                    .map(rawHash -> new Argon2id("libargon2 of argon2-jvm", rawHash)))
        .orElseGet(
            () ->
                new Argon2id(
                    "BouncyCastle, as no libargon2 could be loaded",
                    new BouncyCastleArgon2id(memoryKiB)));
  }

  byte[] compute(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    return rawHash.compute(password, salt, parameters, tagLength);
  }

  /** Called by one thread for each hash, on several at a time. */
  @FunctionalInterface
  interface RawHash {

    /**
     * @param salt of 8 bytes or more
     * @param tagLength in bytes, at least 4
     */
    byte[] compute(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength);
  }
}
