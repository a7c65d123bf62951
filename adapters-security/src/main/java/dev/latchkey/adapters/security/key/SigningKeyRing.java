package dev.latchkey.adapters.security.key;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeyFactory;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.application.port.out.key.VerificationKeys;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.domain.key.SigningKeyState;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The signing keys, opened. All nodes of an installation share them through the store; which of
 * them signs and which are published follows from {@link SigningKeySchedule}. Between two readings
 * of the store the ring goes by the last one: to sign, for {@link
 * SigningKeyPolicy#MAX_READING_AGE}; to verify, for as long as the store is away.
 *
 * <p>What is written here is what must be true before this node signs: the keys at start are sealed
 * under its current master key, and the store knows how long its tokens live.
 */
public final class SigningKeyRing implements VerificationKeys, SigningKeyFactory {

  /** Minimum interval between re-reads caused by unknown key ids. */
  public static final Duration REREAD_INTERVAL = Duration.ofSeconds(5);

  private static final System.Logger LOG = System.getLogger(SigningKeyRing.class.getName());

  private final SigningKeys store;
  private final SigningKeySeal seal;
  private final MasterKeys masterKeys;
  private final SigningKeyPolicy policy;
  private final InstantSource clock;
  private final SecureRandom random;

  private final AtomicLong readingsBegun = new AtomicLong();
  private final AtomicReference<Reading> reading;

  /** The ids of keys that were complained about. */
  private final Set<String> unopened = ConcurrentHashMap.newKeySet();

  /** When the store was last asked out of turn. */
  private Instant askedAt;

  private SigningKeyRing(
      SigningKeys store,
      SigningKeySeal seal,
      MasterKeys masterKeys,
      SigningKeyPolicy policy,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.seal = seal;
    this.masterKeys = masterKeys;
    this.policy = policy;
    this.clock = clock;
    this.random = random;
    this.askedAt = clock.instant();
    this.reading = new AtomicReference<>(new Reading(0, askedAt, List.of(), Map.of()));
  }

  /**
   * Opens the keys of the store, of which there may be none yet, and seals under the current master
   * key those that are sealed under another.
   *
   * @throws WrongMasterKeyException if a key that is not retired does not open with these master
   *     keys
   */
  public static SigningKeyRing open(
      SigningKeys store,
      MasterKeys masterKeys,
      SigningKeyPolicy policy,
      InstantSource clock,
      SecureRandom random) {
    var seal = new SigningKeySeal(masterKeys, random);
    var ring = new SigningKeyRing(store, seal, masterKeys, policy, clock, random);
    ring.requireThatAllOpen();
    return ring;
  }

  /**
   * Opens and seals as {@link #open} does. To be called again when the first key was made: a node
   * that starts at the same time may have been faster, with another master key.
   *
   * @throws WrongMasterKeyException if a key that is not retired does not open with these master
   *     keys
   */
  public void requireThatAllOpen() {
    Instant now = clock.instant();
    List<SealedSigningKey> rows = store.all();
    var schedule = new SigningKeySchedule(rows.stream().map(SealedSigningKey::key).toList());
    for (SealedSigningKey row : rows) {
      Optional<SigningKeyPair> pair = seal.open(row);
      if (pair.isEmpty() && schedule.stateOf(row.key(), now) != SigningKeyState.RETIRED) {
        throw new WrongMasterKeyException(row, masterKeys);
      }
      if (pair.isPresent() && !seal.isCurrent(row)) {
        // If that fails, another node was faster.
        var _ = store.reseal(seal.seal(pair.get(), row.key()), row.masterKeyId());
      }
    }
    refresh();
  }

  /** A key that no node knows of until it is in the store. */
  @Override
  public SealedSigningKey create(NextSigningKey next) {
    SigningKeyPair pair = SigningKeyPair.generate(next.number(), next.algorithm(), random);
    return seal.seal(pair, next.made(pair.id()));
  }

  @Override
  public boolean opens(SealedSigningKey key) {
    return seal.open(key).isPresent();
  }

  /**
   * The keys of the last reading that are not retired. One that is too old to go by is made anew,
   * but if the store is away the keys are published all the same: resource servers need them to do
   * without this service.
   */
  @Override
  public List<VerificationKey> all() {
    if (isTooOld(reading.get())) {
      try {
        refreshUnlessJustDone();
      } catch (StorageUnavailableException e) {
        LOG.log(Level.DEBUG, "The keys that were read before are published", e);
      }
    }
    return reading.get().published(clock.instant()).map(SigningKeyPair::verificationKey).toList();
  }

  /**
   * The key that signs.
   *
   * @throws StorageUnavailableException if the last reading is too old to go by, and the store does
   *     not answer
   * @throws IllegalStateException if there is no key
   */
  public SigningKeyPair current() {
    // No lock: who waited for another's reading might hold the database connection that the other
    // waits for.
    if (isTooOld(reading.get())) {
      refresh();
    }
    return reading.get().active(clock.instant()).orElseGet(this::currentAfterAll);
  }

  /** Somebody has taken all keys away; another node may have made the next one. */
  private SigningKeyPair currentAfterAll() {
    refresh();
    return reading
        .get()
        .active(clock.instant())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no signing key; the next is made within seconds"));
  }

  private boolean isTooOld(Reading last) {
    return last.age(clock.instant()).compareTo(SigningKeyPolicy.MAX_READING_AGE) > 0;
  }

  /**
   * The key of that id, unless it is retired. If it is not known, another node may have added it
   * since: the store is asked, unless that was done just now.
   *
   * @throws StorageUnavailableException if the store was asked and did not answer
   */
  public Optional<SigningKeyPair> find(String id) {
    Optional<SigningKeyPair> known = published(id);
    if (known.isPresent()) {
      return known;
    }
    refreshUnlessJustDone();
    return published(id);
  }

  private Optional<SigningKeyPair> published(String id) {
    return reading
        .get()
        .published(clock.instant())
        .filter(pair -> pair.id().equals(id))
        .findFirst();
  }

  /** One caller asks the store; others wait for what it finds. */
  private synchronized void refreshUnlessJustDone() {
    Instant now = clock.instant();
    // A clock that was set back must not put this off for long: the distance counts in both
    // directions.
    if (Duration.between(askedAt, now).abs().compareTo(REREAD_INTERVAL) >= 0) {
      askedAt = now;
      refresh();
    }
  }

  /**
   * Reads the store again.
   *
   * @throws StorageUnavailableException if it does not answer; then everything stays as it was
   */
  public void refresh() {
    long order = readingsBegun.incrementAndGet();
    Instant now = clock.instant();
    Reading before = reading.get();
    var keys = new ArrayList<SigningKey>();
    var pairs = new HashMap<String, SigningKeyPair>();
    for (SealedSigningKey row : store.all()) {
      Optional<SigningKeyPair> pair = open(row, before);
      if (pair.isPresent()) {
        keys.add(row.key());
        pairs.put(row.key().id(), pair.get());
      }
    }
    var schedule = new SigningKeySchedule(keys);
    keys.replaceAll(
        key ->
            schedule.stateOf(key, now) == SigningKeyState.RETIRED ? key : readyForOurTokens(key));
    var read = new Reading(order, now, keys, pairs);
    // Whoever began to read later has seen at least as much.
    var _ = reading.accumulateAndGet(read, (one, other) -> one.order > other.order ? one : other);
  }

  /** A key that does not open belongs to no installation we know: it neither signs nor verifies. */
  private Optional<SigningKeyPair> open(SealedSigningKey row, Reading before) {
    SigningKey key = row.key();
    if (key.erased()) {
      return Optional.empty();
    }
    // Another node may have sealed it under a master key that this node does not have; that changes
    // nothing here.
    Optional<SigningKeyPair> pair = before.pairOf(key).or(() -> seal.open(row));
    if (pair.isEmpty() && unopened.add(key.id())) {
      LOG.log(
          Level.WARNING,
          "Signing key {0} does not open with the master keys of this node, which goes on without"
              + " it",
          Integer.toString(key.number()));
    }
    return pair;
  }

  private SigningKey readyForOurTokens(SigningKey key) {
    SigningKey ready = key.withTokenLifetimeOfAtLeast(policy.tokenLifetime());
    if (!ready.equals(key)) {
      store.extendTokenLifetime(ready.number(), ready.tokenLifetime());
    }
    return ready;
  }

  /** What the store said at a time, opened. */
  private static final class Reading {

    /** Readings are numbered as they begin. */
    private final long order;

    private final Instant readAt;
    private final SigningKeySchedule schedule;
    private final Map<String, SigningKeyPair> pairs;

    private Reading(
        long order, Instant readAt, List<SigningKey> keys, Map<String, SigningKeyPair> pairs) {
      this.order = order;
      this.readAt = readAt;
      this.schedule = new SigningKeySchedule(keys);
      this.pairs = Map.copyOf(pairs);
    }

    private Duration age(Instant now) {
      return Duration.between(readAt, now).abs();
    }

    private Optional<SigningKeyPair> active(Instant now) {
      return schedule.active(now).map(key -> pairs.get(key.id()));
    }

    private Stream<SigningKeyPair> published(Instant now) {
      return schedule.published(now).stream().map(key -> pairs.get(key.id()));
    }

    private Optional<SigningKeyPair> pairOf(SigningKey key) {
      return Optional.ofNullable(pairs.get(key.id()))
          .filter(
              pair ->
                  pair.number() == key.number()
                      && pair.algorithm().equals(key.algorithm().jwsName()));
    }
  }
}
