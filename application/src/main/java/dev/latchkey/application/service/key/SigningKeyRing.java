package dev.latchkey.application.service.key;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.SigningKeyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The signing keys as this node knows them, and the one place that says when the store is read.
 *
 * <p>The periodic check reads it ({@link #read}), and between two checks all callers go by the last
 * {@link SigningKeyReading reading}: to sign, for {@link SigningKeyPolicy#MAX_READING_AGE}, after
 * which {@link #current} reads first; to verify and to publish, for as long as the store is
 * unavailable. Reading changes nothing in the store, and what was open before is not decrypted
 * again.
 */
public final class SigningKeyRing {

  /** Minimum interval between re-reads that unknown key ids cause. */
  static final Duration REREAD_INTERVAL = Duration.ofSeconds(5);

  private final SigningKeys store;
  private final SigningKeySeal seal;
  private final SecurityEvents events;
  private final InstantSource clock;

  private final AtomicLong readingsBegun = new AtomicLong();
  private final AtomicReference<SigningKeyReading> last;

  /** When the store was last read out of turn. */
  private Instant rereadAt;

  /** Knows no key until it has read. */
  public SigningKeyRing(
      SigningKeys store, SigningKeySeal seal, SecurityEvents events, InstantSource clock) {
    this.store = store;
    this.seal = seal;
    this.events = events;
    this.clock = clock;
    this.rereadAt = clock.instant();
    this.last = new AtomicReference<>(SigningKeyReading.none(rereadAt));
  }

  /**
   * Reads the store.
   *
   * @throws StorageUnavailableException if it does not answer; then everything stays as it was
   */
  SigningKeyReading read() {
    long order = readingsBegun.incrementAndGet();
    Instant now = clock.instant();
    SigningKeyReading before = last.get();
    List<SealedSigningKey> rows = store.all();
    var opened = new HashMap<Integer, OpenedSigningKey>();
    for (SealedSigningKey row : rows) {
      before
          .opened(row.key())
          .or(() -> open(row, before, now))
          .ifPresent(key -> opened.put(row.key().number(), key));
    }
    var reading = new SigningKeyReading(order, now, rows, opened);
    // Whoever began to read later has seen at least as much.
    return last.accumulateAndGet(
        reading, (one, other) -> one.order() > other.order() ? one : other);
  }

  /** A key that does not open belongs to no installation we know: it neither signs nor verifies. */
  private Optional<OpenedSigningKey> open(
      SealedSigningKey row, SigningKeyReading before, Instant now) {
    Optional<OpenedSigningKey> opened = seal.open(row);
    // The first reading is judged at start, by PrepareSigningKeys.
    boolean isNews = before.order() > 0 && !before.contains(row.key());
    if (opened.isEmpty() && !row.key().erased() && isNews) {
      events.publish(new SecurityEvent.SigningKeyUnusable(row.key().number(), now));
    }
    return opened;
  }

  /**
   * The key that signs now. To be called before a transaction: the store may have to be read, and
   * no connection should wait for that.
   *
   * @return nothing if there is no key: somebody has taken them all away, and the next is made
   *     within seconds
   * @throws StorageUnavailableException if the last reading is too old to go by, and the store does
   *     not answer
   */
  public Optional<OpenedSigningKey> current() {
    SigningKeyReading reading = isTooOld(last.get()) ? read() : last.get();
    // If there is none, another node may have made the next one.
    return reading.active(clock.instant()).or(() -> read().active(clock.instant()));
  }

  /**
   * The key of that id, unless it is retired. If it is not known, another node may have added it
   * since: the store is read, unless that was done just now.
   *
   * @throws StorageUnavailableException if the store was asked and did not answer
   */
  public Optional<OpenedSigningKey> find(String id) {
    return last.get().published(id, clock.instant()).or(() -> findAfterAll(id));
  }

  private Optional<OpenedSigningKey> findAfterAll(String id) {
    readUnlessJustDone();
    return last.get().published(id, clock.instant());
  }

  /**
   * The public keys of all access tokens that may be valid, now or soon, by ascending number. If
   * the store is unavailable, those of the last reading: resource servers need them to do without
   * this service.
   */
  List<VerificationKey> published() {
    if (isTooOld(last.get())) {
      try {
        readUnlessJustDone();
      } catch (StorageUnavailableException _) {
        // The keys that were read before are published.
      }
    }
    return last.get().published(clock.instant()).map(OpenedSigningKey::verificationKey).toList();
  }

  /**
   * The longest that an access token may live of those that are valid now, whichever node signed
   * it; zero as long as no key was read.
   */
  public Duration longestTokenLifetime() {
    return last.get()
        .notRetired(clock.instant())
        .map(row -> row.key().tokenLifetime())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private boolean isTooOld(SigningKeyReading reading) {
    return reading.age(clock.instant()).compareTo(SigningKeyPolicy.MAX_READING_AGE) > 0;
  }

  /** One caller reads the store; others wait for what it finds. */
  private synchronized void readUnlessJustDone() {
    Instant now = clock.instant();
    // A clock that was set back must not put this off for long: the distance counts both ways.
    if (Duration.between(rereadAt, now).abs().compareTo(REREAD_INTERVAL) >= 0) {
      rereadAt = now;
      var _ = read();
    }
  }
}
