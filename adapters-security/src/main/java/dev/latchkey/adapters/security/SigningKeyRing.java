package dev.latchkey.adapters.security;

import static java.util.Comparator.comparingInt;

import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.application.port.out.SigningKeys;
import dev.latchkey.application.port.out.VerificationKey;
import dev.latchkey.application.port.out.VerificationKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signing keys, opened. All nodes of an installation share them through the store; the one with the highest number
 * signs. Keys of an algorithm that this version does not know are left to the nodes that do.
 */
public final class SigningKeyRing implements VerificationKeys {

  /** Garbage in place of a key id makes the store be read no more often than this. */
  static final Duration REREAD_INTERVAL = Duration.ofSeconds(5);

  private final SigningKeys store;
  private final SigningKeySeal seal;
  private final InstantSource clock;

  /** By ascending number, never empty. */
  private volatile List<SigningKey> keys;

  private Instant readAt;

  private SigningKeyRing(
      SigningKeys store, SigningKeySeal seal, InstantSource clock, List<SigningKey> keys, Instant readAt) {
    this.store = store;
    this.seal = seal;
    this.clock = clock;
    this.keys = keys;
    this.readAt = readAt;
  }

  /**
   * Opens the keys of the store, and makes the first one if there is none.
   *
   * @throws WrongMasterKeyException if a key does not open with these master keys
   */
  public static SigningKeyRing open(
      SigningKeys store, MasterKeys masterKeys, InstantSource clock, SecureRandom random) {
    var seal = new SigningKeySeal(masterKeys, random);
    Instant now = clock.instant();
    List<SealedSigningKey> stored = store.all();
    if (stored.isEmpty()) {
      SealedSigningKey first = seal.seal(SigningKey.generate(1, random), now);
      stored = store.add(first) ? List.of(first) : store.all();
    }
    List<SigningKey> keys =
        stored.stream()
            .filter(row -> SigningKey.supports(row.algorithm()))
            .map(row -> seal.open(row).orElseThrow(() -> new WrongMasterKeyException(row, masterKeys)))
            .toList();
    if (keys.isEmpty()) {
      throw new IllegalStateException("no signing key in the database is of an algorithm that this version knows");
    }
    return new SigningKeyRing(store, seal, clock, keys, now);
  }

  @Override
  public List<VerificationKey> all() {
    return keys.stream().map(SigningKey::verificationKey).toList();
  }

  /** The key that signs. */
  SigningKey current() {
    return keys.getLast();
  }

  /**
   * The key of that id. If it is not known, another node may have added it since: the store is asked, unless that was
   * done just now.
   *
   * @throws dev.latchkey.application.port.out.StorageUnavailableException if the store was asked and did not answer
   */
  Optional<SigningKey> find(String id) {
    return known(id).or(() -> findAgain(id));
  }

  /** One caller asks the store; others wait for what it finds. */
  private synchronized Optional<SigningKey> findAgain(String id) {
    Instant now = clock.instant();
    // A clock that was set back must not put this off for long: the distance counts in both directions.
    if (known(id).isEmpty() && Duration.between(readAt, now).abs().compareTo(REREAD_INTERVAL) >= 0) {
      readAt = now;
      keys = Stream.concat(keys.stream(), additions()).sorted(comparingInt(SigningKey::number)).toList();
    }
    return known(id);
  }

  /** A key that does not open is nobody's that is known here, and checks no token. */
  private Stream<SigningKey> additions() {
    return store.all().stream()
        .filter(row -> SigningKey.supports(row.algorithm()) && known(row.id()).isEmpty())
        .flatMap(row -> seal.open(row).stream());
  }

  private Optional<SigningKey> known(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
