package dev.latchkey.adapters.security.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparingLong;

import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Argon2id (RFC 9106). What a failed comparison costs follows from the hashes in use and never from
 * the one that it was made with: a cheaper one is followed by as much more work as it was cheaper,
 * and where there is none, or one that is not understood, a decoy takes its place.
 */
public final class Argon2idPasswordHasher implements PasswordHasher {

  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int SALT_LENGTH = 16;
  private static final int TAG_LENGTH = 32;

  private final Argon2Parameters parameters;
  private final SecureRandom random;
  private final Argon2id argon2id;
  private final HashingThreads threads;
  private final byte[] decoySalt;

  public Argon2idPasswordHasher(
      Argon2Parameters parameters, HashingLimits limits, SecureRandom random) {
    this(
        parameters,
        new HashingThreads(limits, PATIENCE, System::nanoTime),
        random,
        Argon2id.fastestHere(parameters.memoryKiB()));
  }

  Argon2idPasswordHasher(
      Argon2Parameters parameters, HashingThreads threads, SecureRandom random, Argon2id argon2id) {
    this.parameters = parameters;
    this.random = random;
    this.argon2id = argon2id;
    this.threads = threads;
    this.decoySalt = randomBytes();
  }

  /** What computes the hashes on this machine, for the log. */
  public String computedBy() {
    return argon2id.computedBy();
  }

  /** What it does now, for those who run the service. */
  public HashingLoad load() {
    return threads.load();
  }

  @Override
  public <T> Optional<T> admit(ClientNetwork network, Function<Turn, T> work) {
    return threads.admit(network, place -> work.apply(new Argon2idTurn(place)));
  }

  private final class Argon2idTurn implements Turn {

    private final HashingThreads.Place place;

    Argon2idTurn(HashingThreads.Place place) {
      this.place = place;
    }

    @Override
    public PasswordHash hash(Password password) {
      byte[] salt = randomBytes();
      byte[] tag =
          place.compute(() -> argon2id.compute(bytesOf(password), salt, parameters, TAG_LENGTH));
      return new PasswordHash(new Argon2idHash(parameters, salt, tag).text());
    }

    @Override
    public Comparison compare(
        Password password, Optional<PasswordHash> hash, Collection<PasswordHash> inUse) {
      Argon2Parameters dearest = dearestOf(inUse);
      return hash.map(PasswordHash::text)
          .flatMap(Argon2idHash::parse)
          .map(stored -> place.compute(() -> compareWith(stored, password, dearest)))
          .orElseGet(() -> place.compute(() -> mismatchAfter(password, dearest)));
    }
  }

  /** A new hash is in use as well: the next log-in may make one. */
  private Argon2Parameters dearestOf(Collection<PasswordHash> inUse) {
    return Stream.concat(
            Stream.of(parameters),
            inUse.stream()
                .map(PasswordHash::text)
                .map(Argon2idHash::parse)
                .flatMap(Optional::stream)
                .map(Argon2idHash::parameters))
        .max(comparingLong(Argon2Parameters::work))
        .orElseThrow();
  }

  private Comparison compareWith(Argon2idHash stored, Password password, Argon2Parameters dearest) {
    byte[] tag =
        argon2id.compute(
            bytesOf(password), stored.salt(), stored.parameters(), stored.tag().length);
    if (MessageDigest.isEqual(tag, stored.tag())) {
      return stored.parameters().equals(parameters) ? Comparison.MATCH : Comparison.OUTDATED_MATCH;
    }
    return stored
        .parameters()
        .upTo(dearest)
        .map(rest -> mismatchAfter(password, rest))
        .orElse(Comparison.MISMATCH);
  }

  private Comparison mismatchAfter(Password password, Argon2Parameters cost) {
    var _ = argon2id.compute(bytesOf(password), decoySalt, cost, TAG_LENGTH);
    return Comparison.MISMATCH;
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[SALT_LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytesOf(Password password) {
    return password.reveal().getBytes(UTF_8);
  }
}
