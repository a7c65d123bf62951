package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.latchkey.domain.key.MasterKeyId;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The master keys of an installation, which are kept outside of the database. All other secrets are
 * derived from them or encrypted under them. The current one is for new secrets; the others still
 * open what was made with them.
 */
public final class MasterKeys {

  private static final int KEY_LENGTH = 32;
  private static final int DEFAULT_ID = 1;

  /**
   * 32 bytes are 43 characters of Base64, the last of which has two bits that are not used, and one
   * of padding.
   */
  private static final Pattern ENTRY =
      Pattern.compile("(?:(?<id>[0-9]{1,3}):)?(?<key>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)");

  private final MasterKeyId currentId;
  private final Map<MasterKeyId, byte[]> keys;

  /**
   * @param keys in the order of the setting; the first is the current one
   */
  private MasterKeys(Map<MasterKeyId, byte[]> keys) {
    this.keys = Collections.unmodifiableMap(keys);
    this.currentId = keys.keySet().iterator().next();
  }

  /**
   * Reads the setting: {@code id:key} entries separated by commas, the current one first. A key is
   * 32 bytes in Base64; an id is from 0 to 255, and 1 if there is none.
   *
   * @throws IllegalArgumentException if it is anything else; the message repeats nothing of it
   */
  public static MasterKeys parse(String setting) {
    var keys = new LinkedHashMap<MasterKeyId, byte[]>();
    int position = 1;
    for (String entry : setting.split(",", -1)) {
      Matcher matcher = ENTRY.matcher(entry.strip());
      if (!matcher.matches()) {
        throw malformed("entry " + position + " is not of that form");
      }
      String id = matcher.group("id");
      int number = id == null ? DEFAULT_ID : Integer.parseInt(id);
      if (number > 255) {
        throw malformed("the id of entry " + position + " is above 255");
      }
      if (keys.putIfAbsent(
              new MasterKeyId(number), Base64.getDecoder().decode(matcher.group("key")))
          != null) {
        throw malformed("entry " + position + " repeats the id " + number);
      }
      position++;
    }
    return new MasterKeys(keys);
  }

  /** One new key, with the id 1. */
  public static MasterKeys generate(SecureRandom random) {
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(key);
    var keys = new LinkedHashMap<MasterKeyId, byte[]>();
    keys.put(new MasterKeyId(DEFAULT_ID), key);
    return new MasterKeys(keys);
  }

  /**
   * The text that {@link #parse} reads, keys in clear: for the file that keeps it, which only its
   * owner may read.
   */
  public String revealSetting() {
    return keys.entrySet().stream()
        .map(entry -> entry.getKey() + ":" + Base64.getEncoder().encodeToString(entry.getValue()))
        .collect(joining(","));
  }

  public MasterKeyId currentId() {
    return currentId;
  }

  /**
   * A key from each master key, for one purpose only (HKDF-SHA256, RFC 5869): whoever finds it out
   * learns nothing about the master key and the keys for other purposes.
   *
   * @param algorithm of the keys, as JCA calls it
   */
  public Map<MasterKeyId, SecretKey> derive(String purpose, String algorithm) {
    return keys.entrySet().stream()
        .collect(
            toUnmodifiableMap(
                Map.Entry::getKey, entry -> hkdf(entry.getValue(), purpose, algorithm)));
  }

  private static SecretKey hkdf(byte[] masterKey, String purpose, String algorithm) {
    try {
      var parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(masterKey)
              .thenExpand(purpose.getBytes(US_ASCII), KEY_LENGTH);
      return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HKDF-SHA256", e);
    }
  }

  private static IllegalArgumentException malformed(String cause) {
    return new IllegalArgumentException(
        "it must be id:key entries separated by commas, each id from 0 to 255 and each key as"
            + " `openssl rand -base64 32` prints it, but "
            + cause);
  }

  @Override
  public String toString() {
    return "MasterKeys[current=" + currentId + ", ids=" + keys.keySet() + ", keys redacted]";
  }
}
