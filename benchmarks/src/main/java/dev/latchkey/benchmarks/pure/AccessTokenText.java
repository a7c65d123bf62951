package dev.latchkey.benchmarks.pure;

import dev.latchkey.adapters.security.key.AesGcmSigningKeySeal;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.adapters.security.token.JwtAccessTokens;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Access tokens by ES256, signed and verified by the fastest provider, which is native code where
 * there is any for this machine, and by the JDK.
 */
@State(Scope.Benchmark)
public class AccessTokenText {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final OpenedSigningKey fastest = key(SignatureProvider.fastest());
  private final OpenedSigningKey jdk = key(SignatureProvider.JDK);
  private final AccessTokens tokens =
      new JwtAccessTokens(
          "https://login.example.org", "https://api.example.org", new SecureRandom());
  private final AccessToken token =
      new AccessToken(
          new UserId(new UUID(1, 2)),
          new SessionId(new UUID(3, 4)),
          ClientId.of("latchkey"),
          Username.of("Ada"),
          Set.of(Role.of("user")),
          NOW.minusSeconds(60),
          NOW,
          NOW.plusSeconds(300),
          null);
  private final TokenText byFastest = sign();
  private final TokenText byJdk = signByJdk();

  private static OpenedSigningKey key(SignatureProvider provider) {
    var random = new SecureRandom();
    var seal = new AesGcmSigningKeySeal(MasterKeys.generate(random), provider, random);
    var first =
        new NextSigningKey(
            1, SigningAlgorithm.ES256, Instant.EPOCH, Instant.EPOCH, Duration.ofMinutes(5));
    return seal.open(seal.generate(first)).orElseThrow();
  }

  @Benchmark
  public final TokenText sign() {
    return tokens.sign(token, fastest);
  }

  @Benchmark
  public final TokenText signByJdk() {
    return tokens.sign(token, jdk);
  }

  @Benchmark
  public AccessToken verify() {
    return tokens.read(byFastest, _ -> Optional.of(fastest)).orElseThrow();
  }

  @Benchmark
  public AccessToken verifyByJdk() {
    return tokens.read(byJdk, _ -> Optional.of(jdk)).orElseThrow();
  }
}
