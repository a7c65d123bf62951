package dev.latchkey.testkit;

import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@link AccessTokens} that only remember what they signed: {@code access_fake.<number>.<user
 * name>}.
 */
public final class FakeAccessTokens implements AccessTokens {

  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, AccessToken> signed = new ConcurrentHashMap<>();

  @Override
  public TokenText sign(AccessToken token) {
    String text = "access_fake." + count.incrementAndGet() + "." + token.username();
    signed.put(text, token);
    return new TokenText(text);
  }

  @Override
  public Optional<AccessToken> read(TokenText text) {
    return Optional.ofNullable(signed.get(text.reveal()));
  }

  /** How many were ever signed. */
  public int count() {
    return count.get();
  }
}
