package dev.latchkey.adapters.security.token;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.domain.key.MasterKeyId;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA-256 (RFC 2104) under keys that are derived from the master keys, for one purpose. */
final class DerivedMacs {

  private static final String HMAC = "HmacSHA256";

  /** With their keys, to be copied: to prepare one takes as long as to use it. */
  private final Map<MasterKeyId, Mac> macs;

  /**
   * @param purpose that no others have
   */
  DerivedMacs(MasterKeys masterKeys, String purpose) {
    this.macs =
        masterKeys.derive(purpose, HMAC).entrySet().stream()
            .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> macWith(entry.getValue())));
  }

  private static Mac macWith(SecretKey key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + HMAC, e);
    }
  }

  boolean has(MasterKeyId id) {
    return macs.containsKey(id);
  }

  /**
   * The 32 bytes over both texts, one after the other.
   *
   * @throws IllegalArgumentException if the master key is not known
   */
  byte[] tag(MasterKeyId id, byte[] one, byte[] other) {
    Mac prepared = macs.get(id);
    if (prepared == null) {
      throw new IllegalArgumentException("there is no master key " + id);
    }
    try {
      Mac mac = (Mac) prepared.clone();
      mac.update(one);
      return mac.doFinal(other);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("a " + HMAC + " of the JDK cannot be copied", e);
    }
  }
}
