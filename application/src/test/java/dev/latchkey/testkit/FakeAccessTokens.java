package dev.latchkey.testkit;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * {@link AccessTokens} that only remember what they signed: {@code access_fake.<number>.<user
 * name>}.
 */
public final class FakeAccessTokens implements AccessTokens {

  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, AccessToken> signed = new ConcurrentHashMap<>();

  @Override
  public TokenText sign(AccessToken token, OpenedSigningKey key) {
    return sign(token);
  }

  /** The same, for a test that has no key at hand: none is looked at. */
  public TokenText sign(AccessToken token) {
    String text = "access_fake." + count.incrementAndGet() + "." + token.username();
    signed.put(text, token);
    return new TokenText(text);
  }

  @Override
  public Optional<AccessToken> read(
      TokenText text, Function<String, Optional<OpenedSigningKey>> keys) {
    return read(text);
  }

  /** The same, for a test that has no key at hand. */
  public Optional<AccessToken> read(TokenText text) {
    return Optional.ofNullable(signed.get(text.reveal()));
  }

  /** How many were ever signed. */
  public int count() {
    return count.get();
  }
}
