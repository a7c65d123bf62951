package dev.latchkey.adapters.security.token;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.application.port.out.session.Nonces;
import dev.latchkey.domain.key.MasterKeyId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Nonces that contain the time, and a tag that nobody else can compute; numbers in network byte
 * order:
 *
 * <pre>
 * nonce = base64url( keyId:1 | microseconds since 1970:8 | tag:15 )
 * tag   = HMAC-SHA256( K[keyId], keyId | microseconds ), the first 15 bytes
 * K     = HKDF-SHA256( master key, "latchkey dpop nonce v1" )
 * </pre>
 *
 * <p>24 bytes fill their Base64 exactly, so a nonce has one spelling. 120 bits cannot be guessed in
 * the minutes that a nonce is good for.
 */
public final class TimedNonces implements Nonces {

  private static final String PURPOSE = "latchkey dpop nonce v1";
  private static final int CONTENT_LENGTH = 9;
  private static final int TAG_LENGTH = 15;
  private static final int TEXT_LENGTH = 32;
  private static final byte[] NOTHING = {};

  private final MasterKeyId currentKeyId;
  private final DerivedMacs macs;

  public TimedNonces(MasterKeys masterKeys) {
    this.currentKeyId = masterKeys.currentId();
    this.macs = new DerivedMacs(masterKeys, PURPOSE);
  }

  @Override
  public String issue(Instant now) {
    byte[] content =
        ByteBuffer.allocate(CONTENT_LENGTH)
            .put((byte) currentKeyId.value())
            .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, now))
            .array();
    byte[] nonce =
        ByteBuffer.allocate(CONTENT_LENGTH + TAG_LENGTH)
            .put(content)
            .put(tag(currentKeyId, content))
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
  }

  @Override
  public Optional<Instant> issuedAt(String nonce) {
    if (nonce.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(nonce);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (bytes.length != CONTENT_LENGTH + TAG_LENGTH) {
      return Optional.empty(); // it ended in padding, which ours never needs
    }
    byte[] content = Arrays.copyOf(bytes, CONTENT_LENGTH);
    var keyId = new MasterKeyId(Byte.toUnsignedInt(content[0]));
    byte[] tag = Arrays.copyOfRange(bytes, CONTENT_LENGTH, bytes.length);
    return macs.has(keyId) && MessageDigest.isEqual(tag, tag(keyId, content))
        ? Optional.of(
            Instant.EPOCH.plus(
                ByteBuffer.wrap(content, 1, Long.BYTES).getLong(), ChronoUnit.MICROS))
        : Optional.empty();
  }

  private byte[] tag(MasterKeyId keyId, byte[] content) {
    return Arrays.copyOf(macs.tag(keyId, content, NOTHING), TAG_LENGTH);
  }
}
