package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.attempt.Digests;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * HMAC-SHA-256 (RFC 2104) under a key that is derived from the current master key; the first 128
 * bits of it. After a change of the master key the digests are others.
 */
public final class KeyedDigests implements Digests {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "latchkey digest v1";

  private final SecretKey key;

  public KeyedDigests(MasterKeys masterKeys) {
    this.key =
        Objects.requireNonNull(masterKeys.derive(PURPOSE, ALGORITHM).get(masterKeys.currentId()));
  }

  @Override
  public UUID of(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(text.getBytes(UTF_8)));
      return new UUID(digest.getLong(), digest.getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
