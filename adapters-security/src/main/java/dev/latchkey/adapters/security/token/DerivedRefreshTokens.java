package dev.latchkey.adapters.security.token;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Refresh tokens of version 1, numbers in network byte order:
 *
 * <pre>
 * token = "lkr_" base64url( version:1 | keyId:1 | sessionId:16 | generation:4 | tag:32 )
 * tag   = HMAC-SHA256( K[keyId], version | keyId | sessionId | generation | salt )
 * K     = HKDF-SHA256( master key, "latchkey refresh token v1" )
 * </pre>
 *
 * <p>The prefix lets secret scanners find leaked tokens. 54 bytes fill their Base64 exactly, so a
 * token has one spelling.
 */
public final class DerivedRefreshTokens implements RefreshTokens {

  private static final String PREFIX = "lkr_";
  private static final int LENGTH = PREFIX.length() + 72;
  private static final String PURPOSE = "latchkey refresh token v1";
  private static final byte VERSION = 1;
  private static final int NAME_LENGTH = 22;
  private static final int TAG_LENGTH = 32;

  private final MasterKeyId currentKeyId;
  private final DerivedMacs macs;

  public DerivedRefreshTokens(MasterKeys masterKeys) {
    this.currentKeyId = masterKeys.currentId();
    this.macs = new DerivedMacs(masterKeys, PURPOSE);
  }

  @Override
  public MasterKeyId currentKeyId() {
    return currentKeyId;
  }

  @Override
  public Optional<RefreshToken> parse(TokenText text) {
    String token = text.reveal();
    return token.length() == LENGTH && token.startsWith(PREFIX)
        ? parse(token.substring(PREFIX.length()))
        : Optional.empty();
  }

  private Optional<RefreshToken> parse(String base64url) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(base64url));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    if (bytes.remaining() != NAME_LENGTH + TAG_LENGTH) {
      return Optional.empty(); // it ended in padding, which ours never needs
    }
    byte version = bytes.get();
    var keyId = new MasterKeyId(Byte.toUnsignedInt(bytes.get()));
    var sessionId = new SessionId(new UUID(bytes.getLong(), bytes.getLong()));
    int generation = bytes.getInt();
    return version == VERSION && macs.has(keyId) && generation >= 0
        ? Optional.of(new RefreshToken(sessionId, new Generation(generation), keyId))
        : Optional.empty();
  }

  @Override
  public TokenText derive(RefreshToken token, Salt salt) {
    byte[] name = nameOf(token);
    byte[] bytes =
        ByteBuffer.allocate(NAME_LENGTH + TAG_LENGTH)
            .put(name)
            .put(macs.tag(token.masterKeyId(), name, salt.bytes()))
            .array();
    return new TokenText(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static byte[] nameOf(RefreshToken token) {
    UUID sessionId = token.sessionId().value();
    return ByteBuffer.allocate(NAME_LENGTH)
        .put(VERSION)
        .put((byte) token.masterKeyId().value())
        .putLong(sessionId.getMostSignificantBits())
        .putLong(sessionId.getLeastSignificantBits())
        .putInt(token.generation().value())
        .array();
  }
}
