package dev.latchkey.adapters.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.PasswordHasher;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/**
 * Argon2id (RFC 9106). A comparison costs what the stored hash says; one without a hash, or with a hash that is not
 * understood, costs what a new hash costs.
 *
 * <p>Of the callers that come at once some compute, some wait in the order they came, and the rest is told that there
 * are too many. A caller that is interrupted while it waits is told the same, and stays interrupted.
 */
public final class Argon2idPasswordHasher implements PasswordHasher {

  private static final int SALT_LENGTH = 16;
  private static final int TAG_LENGTH = 32;

  private final Argon2Parameters parameters;
  private final SecureRandom random;
  private final RawHash rawHash;
  private final Argon2idHash decoy;

  /** One permit for each caller that computes or waits. */
  private final Semaphore places;

  /** One permit for each caller that computes. */
  private final Semaphore turns;

  public Argon2idPasswordHasher(Argon2Parameters parameters, HashingLimits limits, SecureRandom random) {
    this(parameters, limits, random, Argon2idPasswordHasher::argon2id);
  }

  Argon2idPasswordHasher(Argon2Parameters parameters, HashingLimits limits, SecureRandom random, RawHash rawHash) {
    this.parameters = parameters;
    this.random = random;
    this.rawHash = rawHash;
    // No password is known that has this tag, and none is needed: comparing with it costs the same.
    this.decoy = new Argon2idHash(parameters, randomBytes(SALT_LENGTH), randomBytes(TAG_LENGTH));
    this.places = new Semaphore(Math.addExact(limits.concurrency(), limits.queue()));
    this.turns = new Semaphore(limits.concurrency(), true);
  }

  @Override
  public Hashing hash(Password password) {
    return inTurn(() -> hashNow(password)).<Hashing>map(Hashing.Hashed::new).orElseGet(Hashing.Overloaded::new);
  }

  private PasswordHash hashNow(Password password) {
    byte[] salt = randomBytes(SALT_LENGTH);
    byte[] tag = rawHash.compute(bytesOf(password), salt, parameters, TAG_LENGTH);
    return new PasswordHash(new Argon2idHash(parameters, salt, tag).phc());
  }

  @Override
  public Comparison compare(Password password, Optional<PasswordHash> hash) {
    Optional<Argon2idHash> stored = hash.map(PasswordHash::phc).flatMap(Argon2idHash::parse);
    return inTurn(() -> matches(password, stored.orElse(decoy)))
        .map(matches -> matches && stored.isPresent() ? Comparison.MATCH : Comparison.MISMATCH)
        .orElse(Comparison.OVERLOADED);
  }

  private boolean matches(Password password, Argon2idHash hash) {
    byte[] tag = rawHash.compute(bytesOf(password), hash.salt(), hash.parameters(), hash.tag().length);
    return MessageDigest.isEqual(tag, hash.tag());
  }

  /** Nothing if there are too many. */
  private <T> Optional<T> inTurn(Supplier<T> work) {
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      turns.acquire();
      try {
        return Optional.of(work.get());
      } finally {
        turns.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      places.release();
    }
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytesOf(Password password) {
    return password.reveal().getBytes(UTF_8);
  }

  private static byte[] argon2id(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
            .withVersion(org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(parameters.memoryKiB())
            .withIterations(parameters.iterations())
            .withParallelism(parameters.parallelism())
            .withSalt(salt)
            .build());
    byte[] tag = new byte[tagLength];
    generator.generateBytes(password, tag);
    return tag;
  }

  /** Argon2id itself; tests put something quick in its place. */
  @FunctionalInterface
  interface RawHash {

    byte[] compute(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength);
  }
}
