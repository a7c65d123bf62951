package dev.latchkey.adapters.security;

import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/** Identifiers and salts from a cryptographic source of randomness. */
public final class SecureIdentifiers implements Identifiers {

  private final SecureRandom random;

  public SecureIdentifiers(SecureRandom random) {
    this.random = random;
  }

  @Override
  public UserId newUserId() {
    return new UserId(newUuid());
  }

  @Override
  public SessionId newSessionId() {
    return new SessionId(newUuid());
  }

  @Override
  public Salt newSalt() {
    return new Salt(randomBytes(Salt.LENGTH));
  }

  /** Version 4: 122 random bits (RFC 9562 §5.4). */
  private UUID newUuid() {
    ByteBuffer bytes = ByteBuffer.wrap(randomBytes(16));
    long version4 = (bytes.getLong() & ~0xf000L) | 0x4000L;
    long variant = (bytes.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(version4, variant);
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
