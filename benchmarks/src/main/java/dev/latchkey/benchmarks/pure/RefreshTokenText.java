package dev.latchkey.benchmarks.pure;

import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.token.DerivedRefreshTokens;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * From a refresh token to its text and back. An exchange derives two: what it got and what it
 * gives.
 */
@State(Scope.Benchmark)
public class RefreshTokenText {

  private final DerivedRefreshTokens tokens =
      new DerivedRefreshTokens(MasterKeys.generate(new SecureRandom()));
  private final Salt salt = new Salt(new byte[Salt.LENGTH]);
  private final RefreshToken token =
      new RefreshToken(new SessionId(new UUID(1, 2)), new Generation(1000), tokens.currentKeyId());
  private final TokenText text = tokens.derive(token, salt);

  @Benchmark
  public Optional<RefreshToken> parse() {
    return tokens.parse(text);
  }

  @Benchmark
  public TokenText derive() {
    return tokens.derive(token, salt);
  }
}
