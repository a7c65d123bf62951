package dev.latchkey.testkit;

import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;

/**
 * {@link RefreshTokens} that a person can read: {@code
 * lkr_fake.<key>.<session>.<generation>.<digest>}. Anybody can forge one.
 */
public final class FakeRefreshTokens implements RefreshTokens {

  /** The last one is the current one. */
  private final SequencedSet<MasterKeyId> keys = new LinkedHashSet<>();

  public FakeRefreshTokens(MasterKeyId current, MasterKeyId... older) {
    keys.addAll(Arrays.asList(older));
    useKey(current);
  }

  /** Derives new tokens with another master key from now on; those of the keys before stay good. */
  public void useKey(MasterKeyId key) {
    keys.addLast(key);
  }

  @Override
  public MasterKeyId currentKeyId() {
    return keys.getLast();
  }

  @Override
  public Optional<RefreshToken> parse(TokenText text) {
    String[] parts = text.reveal().split("\\.", -1);
    if (parts.length != 5 || !parts[0].equals("lkr_fake")) {
      return Optional.empty();
    }
    try {
      return Optional.of(token(parts[1], parts[2], parts[3]))
          .filter(token -> keys.contains(token.masterKeyId()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static RefreshToken token(String key, String session, String generation) {
    return new RefreshToken(
        new SessionId(UUID.fromString(session)),
        new Generation(Integer.parseInt(generation)),
        new MasterKeyId(Integer.parseInt(key)));
  }

  @Override
  public TokenText derive(RefreshToken token, Salt salt) {
    if (!keys.contains(token.masterKeyId())) {
      throw new IllegalArgumentException("the master key is not known");
    }
    String name =
        "lkr_fake." + token.masterKeyId() + "." + token.sessionId() + "." + token.generation();
    return new TokenText(name + "." + Digest.of(name + HexFormat.of().formatHex(salt.bytes())));
  }
}
