package dev.latchkey.resourceserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Key;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's public keys. They are kept for some minutes, and read again when a token names a key
 * that is not among them. While they cannot be read, those that are known still count.
 */
final class Keys implements JWSKeySelector<SecurityContext> {

  /** Latchkey's own {@code Cache-Control} says the same by default. */
  static final Duration KEPT = Duration.ofMinutes(5);

  /** After the last reading; a key that was withdrawn in the meantime counts for as long. */
  static final Duration OUTAGE = Duration.ofHours(1);

  /** Between two readings, whatever key ids callers make up. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  /** The same after a reading that failed. */
  static final Duration INTERVAL_OF_FAILURES = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger(Keys.class.getName());
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int MOST_BYTES = 256 * 1024;

  private final Http http;
  private final Metadata metadata;
  private final Set<JWSAlgorithm> algorithms;
  private final LongSupplier nanoTime;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Known known;
  private volatile @Nullable Attempt last;

  Keys(Http http, Metadata metadata, Set<JWSAlgorithm> algorithms, LongSupplier nanoTime) {
    this.http = http;
    this.metadata = metadata;
    this.algorithms = algorithms;
    this.nanoTime = nanoTime;
  }

  private record Known(JWKSet keys, long readAt) {}

  private record Attempt(boolean succeeded, long endedAt) {

    Duration pause() {
      return succeeded ? INTERVAL : INTERVAL_OF_FAILURES;
    }
  }

  /**
   * The algorithm is the resource server's to choose, never the token's (RFC 8725 §3.1).
   *
   * @return none if the algorithm is not one of those chosen, or if no key of the issuer fits
   * @throws KeySourceException if it cannot be known whether one fits
   */
  @Override
  public List<? extends Key> selectJWSKeys(JWSHeader header, @Nullable SecurityContext context)
      throws KeySourceException {
    JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
    if (matcher == null || !algorithms.contains(header.getAlgorithm())) {
      return List.of();
    }
    var wanted = new JWKSelector(matcher);
    Known latest = known;
    if (latest == null) {
      latest = readAgain(null);
    } else if (isOver(KEPT, latest.readAt())
        && reading.tryLock()) { // others go on with what is known
      try {
        latest = readAgain(latest);
      } finally {
        reading.unlock();
      }
    }
    List<? extends Key> fitting = publicKeys(wanted, latest.keys());
    if (!fitting.isEmpty()) {
      return fitting;
    }
    fitting = publicKeys(wanted, readAgain(latest).keys());
    Attempt attempt = last;
    if (fitting.isEmpty() && attempt != null && !attempt.succeeded()) {
      throw new KeySourceException("It may be a new key, and the keys cannot be read.");
    }
    return fitting;
  }

  private static List<? extends Key> publicKeys(JWKSelector wanted, JWKSet keys) {
    return KeyConverter.toJavaKeys(wanted.select(keys)).stream()
        .filter(PublicKey.class::isInstance)
        .toList();
  }

  /** If nobody else has done so since, and if it is time to. */
  private Known readAgain(@Nullable Known seen) throws KeySourceException {
    reading.lock();
    try {
      Attempt attempt = last;
      boolean due = attempt == null || isOver(attempt.pause(), attempt.endedAt());
      if (Objects.equals(known, seen) && due) {
        read();
      }
    } finally {
      reading.unlock();
    }
    Known latest = known;
    if (latest == null || isOver(OUTAGE, latest.readAt())) {
      throw new KeySourceException("There are no keys.");
    }
    return latest;
  }

  private void read() {
    boolean succeeded = false;
    try {
      byte[] document = http.get(metadata.jwks(), Map.of(), TIMEOUT, MOST_BYTES);
      known = new Known(JWKSet.parse(new String(document, UTF_8)), nanoTime.getAsLong());
      succeeded = true;
    } catch (IOException | ParseException e) {
      LOG.log(Level.WARNING, "The keys cannot be read: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      last = new Attempt(succeeded, nanoTime.getAsLong());
    }
  }

  private boolean isOver(Duration duration, long since) {
    return nanoTime.getAsLong() - since >= duration.toNanos();
  }
}
