package dev.latchkey.examples.tasks.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Latchkey's public keys. They are kept for some minutes, and read again when a token names a key
 * that is not among them. While they cannot be read, those that are known still count.
 */
@Singleton
final class LatchkeyKeys implements JWKSource<SecurityContext> {

  /** Latchkey's {@code Cache-Control} says the same (latchkey.signing-keys.jwks-max-age). */
  static final Duration KEPT = Duration.ofMinutes(5);

  /** Between two readings, whatever key ids callers make up, and also while Latchkey is down. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  /** After the last reading; a key that was withdrawn in the meantime counts for as long. */
  static final Duration OUTAGE = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(LatchkeyKeys.class);

  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int MOST_BYTES = 64 * 1024;

  private final ResourceRetriever http =
      new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);
  private final URL address;
  private final InstantSource clock;
  private volatile @Nullable Known known;
  private Instant nextReading = Instant.MIN;

  LatchkeyKeys(@Value("${latchkey.jwks}") URL address, InstantSource clock) {
    this.address = address;
    this.clock = clock;
  }

  private record Known(JWKSet keys, Instant readAt) {

    boolean isOlderThan(Duration age, Instant now) {
      return now.isAfter(readAt.plus(age));
    }
  }

  /**
   * @return none if no key fits
   * @throws KeySourceException if there are no keys, because they could not be read for too long
   */
  @Override
  public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context)
      throws KeySourceException {
    Instant now = clock.instant();
    Known latest = known;
    if (latest == null || latest.isOlderThan(KEPT, now)) {
      latest = readAgain(latest, now);
    }
    List<JWK> fitting = wanted.select(latest.keys());
    return fitting.isEmpty() ? wanted.select(readAgain(latest, now).keys()) : fitting;
  }

  /** If nobody else has done so since, and if it is time to. */
  private synchronized Known readAgain(@Nullable Known seen, Instant now)
      throws KeySourceException {
    if (Objects.equals(known, seen) && !now.isBefore(nextReading)) {
      nextReading = now.plus(INTERVAL);
      try {
        known =
            new Known(JWKSet.parse(http.retrieveResource(address).getContent()), clock.instant());
      } catch (IOException | ParseException e) {
        LOG.warn("The keys at {} cannot be read: {}", address, e.getMessage());
      }
    }
    Known latest = known;
    if (latest == null || latest.isOlderThan(OUTAGE, now)) {
      throw new KeySourceException("There are no keys.");
    }
    return latest;
  }
}
