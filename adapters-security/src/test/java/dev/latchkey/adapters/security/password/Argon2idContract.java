package dev.latchkey.adapters.security.password;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.PasswordHasher.Comparison;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.testkit.PasswordHasherContract;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What everything keeps to that computes argon2id here. */
abstract class Argon2idContract extends PasswordHasherContract {

  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1);
  private static final HashingLimits LIMITS = new HashingLimits(1, 0, Duration.ofSeconds(1));

  abstract Argon2id.RawHash argon2id();

  @Override
  protected final PasswordHasher hasher() {
    return hasherBy(argon2id());
  }

  private static PasswordHasher hasherBy(Argon2id.RawHash rawHash) {
    return new Argon2idPasswordHasher(
        CHEAP,
        new HashingThreads(LIMITS, Duration.ofMillis(1), System::nanoTime),
        new SecureRandom(),
        new Argon2id("the one that is tested", rawHash));
  }

  /** The vectors are from the tests of the reference implementation (P-H-C/phc-winner-argon2). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "$argon2id$v=19$m=65536,t=1,p=1$c29tZXNhbHQ$9qWtwbpyPd3vm1rB1GThgPzZ3/ydHL92zKL+15XZypg"
      })
  void matchesHashesOfAnotherImplementationAndOtherParameters(String phc) {
    var hash = new PasswordHash(phc);

    assertThat(compare(hasher(), Password.of("password"), hash))
        .isEqualTo(Comparison.OUTDATED_MATCH);
    assertThat(compare(hasher(), Password.of("Password"), hash)).isEqualTo(Comparison.MISMATCH);
  }

  @Test
  void makesHashesThatMatchElsewhereAndTheOtherWayRound() {
    Password password = Password.of("four quiet herons");
    PasswordHasher elsewhere = hasherBy(new BouncyCastleArgon2id(CHEAP.memoryKiB()));

    assertThat(compare(elsewhere, password, hash(hasher(), password))).isEqualTo(Comparison.MATCH);
    assertThat(compare(hasher(), password, hash(elsewhere, password))).isEqualTo(Comparison.MATCH);
  }

  @ParameterizedTest
  @MethodSource("anything")
  void computesTheSameFromAnything(Input input) {
    assertThat(input.hashedBy(argon2id())).isEqualTo(input.hashedAsWrittenInRfc9106());
  }

  static Stream<Input> anything() {
    var random = new Random(9106);
    return Stream.generate(() -> Input.any(random)).limit(100);
  }

  @Test
  void takesMoreMemoryThanItKeepsAndThenLessAgain() {
    var random = new Random(19);
    for (int memoryKiB : new int[] {64, 4096, 8, 1024}) {
      Input input = Input.of(new Argon2Parameters(memoryKiB, 2, 1), random);
      assertThat(input.hashedBy(argon2id())).isEqualTo(input.hashedAsWrittenInRfc9106());
    }
  }

  @Test
  void computesManyAtATimeAsOneByOne() throws Exception {
    Argon2id.RawHash shared = argon2id();
    List<Input> inputs = anything().toList();
    List<Callable<byte[]>> hashes =
        inputs.stream().<Callable<byte[]>>map(input -> () -> input.hashedBy(shared)).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<byte[]>> computed = threads.invokeAll(hashes);
      for (int i = 0; i < inputs.size(); i++) {
        assertThat(computed.get(i).get()).isEqualTo(inputs.get(i).hashedAsWrittenInRfc9106());
      }
    }
  }

  @Test
  void changesNothingThatItIsGiven() {
    byte[] password = "password".getBytes(US_ASCII);
    byte[] salt = "somesalt".getBytes(US_ASCII);

    var _ = argon2id().compute(password, salt, CHEAP, 32);

    assertThat(password).asString(US_ASCII).isEqualTo("password");
    assertThat(salt).asString(US_ASCII).isEqualTo("somesalt");
  }

  private static PasswordHash hash(PasswordHasher hasher, Password password) {
    return hasher.admit(ClientNetwork.UNKNOWN, turn -> turn.hash(password)).orElseThrow();
  }

  private static Comparison compare(PasswordHasher hasher, Password password, PasswordHash hash) {
    return hasher
        .admit(ClientNetwork.UNKNOWN, turn -> turn.compare(password, Optional.of(hash), List.of()))
        .orElseThrow();
  }

  /** Whatever can be hashed. */
  static final class Input {

    private final byte[] password;
    private final byte[] salt;
    private final Argon2Parameters parameters;
    private final int tagLength;

    private Input(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength) {
      this.password = password;
      this.salt = salt;
      this.parameters = parameters;
      this.tagLength = tagLength;
    }

    /** Within the bounds of parameters, stored salts and stored tags. */
    static Input any(Random random) {
      int lanes = random.nextInt(1, 17);
      int memoryKiB = random.nextInt(8 * lanes, 8 * lanes + 300);
      return of(new Argon2Parameters(memoryKiB, random.nextInt(1, 4), lanes), random);
    }

    static Input of(Argon2Parameters parameters, Random random) {
      return new Input(
          bytes(random, random.nextInt(0, 513)),
          bytes(random, random.nextInt(8, 65)),
          parameters,
          random.nextInt(16, 65));
    }

    private static byte[] bytes(Random random, int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }

    byte[] hashedBy(Argon2id.RawHash rawHash) {
      return rawHash.compute(password, salt, parameters, tagLength);
    }

    /** By BouncyCastle, whose own tests have the vectors of the RFC, without memory of ours. */
    byte[] hashedAsWrittenInRfc9106() {
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

    @Override
    public String toString() {
      return "%d bytes, a salt of %d, a tag of %d, %s"
          .formatted(password.length, salt.length, tagLength, parameters);
    }
  }
}
