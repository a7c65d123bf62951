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
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

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
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{72}");
  private static final String PURPOSE = "latchkey refresh token v1";
  private static final String HMAC = "HmacSHA256";
  private static final byte VERSION = 1;
  private static final int NAME_LENGTH = 22;
  private static final int TAG_LENGTH = 32;

  private final MasterKeyId currentKeyId;
  private final Map<MasterKeyId, SecretKey> keys;

  public DerivedRefreshTokens(MasterKeys masterKeys) {
    this.currentKeyId = masterKeys.currentId();
    this.keys = masterKeys.derive(PURPOSE, HMAC);
  }

  @Override
  public MasterKeyId currentKeyId() {
    return currentKeyId;
  }

  @Override
  public Optional<RefreshToken> parse(TokenText text) {
    String token = text.reveal();
    if (!FORM.matcher(token).matches()) {
      return Optional.empty();
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getUrlDecoder().decode(token.substring(PREFIX.length())));
    byte version = bytes.get();
    var keyId = new MasterKeyId(Byte.toUnsignedInt(bytes.get()));
    var sessionId = new SessionId(new UUID(bytes.getLong(), bytes.getLong()));
    int generation = bytes.getInt();
    return version == VERSION && keys.containsKey(keyId) && generation >= 0
        ? Optional.of(new RefreshToken(sessionId, new Generation(generation), keyId))
        : Optional.empty();
  }

  @Override
  public TokenText derive(RefreshToken token, Salt salt) {
    SecretKey key = keys.get(token.masterKeyId());
    if (key == null) {
      throw new IllegalArgumentException("there is no master key " + token.masterKeyId());
    }
    byte[] name = nameOf(token);
    byte[] bytes =
        ByteBuffer.allocate(NAME_LENGTH + TAG_LENGTH).put(name).put(tag(key, name, salt)).array();
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

  private static byte[] tag(SecretKey key, byte[] name, Salt salt) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(name);
      return mac.doFinal(salt.bytes());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks " + HMAC, e);
    }
  }
}
