package dev.latchkey.examples.tasks.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Latchkey's public keys. They are kept for a few minutes, and read again when a token names a key
 * that is not among them. While they cannot be read, those that are known still count.
 */
@Singleton
final class LatchkeyKeys implements JWKSource<SecurityContext> {

  /** Latchkey's {@code Cache-Control} says the same (latchkey.signing-keys.jwks-max-age). */
  static final Duration KEPT = Duration.ofMinutes(5);

  /** The keys are read at most twice in this time, whatever key ids callers make up. */
  static final Duration INTERVAL = Duration.ofSeconds(30);

  /** After the last answer; a key that Latchkey withdrew in the meantime counts for as long. */
  static final Duration OUTAGE = Duration.ofHours(1);

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int MOST_BYTES = 64 * 1024;

  private final JWKSetSource<SecurityContext> sets;
  private final InstantSource clock;

  LatchkeyKeys(@Value("${latchkey.jwks}") URL address, InstantSource clock) {
    var latchkey =
        new URLBasedJWKSetSource<SecurityContext>(
            address, new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES));
    var despiteOutages = new OutageTolerantJWKSetSource<>(latchkey, OUTAGE.toMillis(), _ -> {});
    var seldom = new RateLimitedJWKSetSource<>(despiteOutages, INTERVAL.toMillis(), _ -> {});
    this.sets = new CachingJWKSetSource<>(seldom, KEPT.toMillis(), 2L * TIMEOUT_MILLIS, _ -> {});
    this.clock = clock;
  }

  /**
   * @return none if no key fits
   * @throws KeySourceException if there are no keys, because they could not be read yet
   */
  @Override
  public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context)
      throws KeySourceException {
    long now = clock.millis();
    JWKSet known = sets.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
    List<JWK> fitting = wanted.select(known);
    if (!fitting.isEmpty()) {
      return fitting;
    }
    try {
      return wanted.select(
          sets.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, context));
    } catch (RateLimitReachedException _) {
      // They were read a moment ago, and this key was not among them.
      return List.of();
    }
  }
}
