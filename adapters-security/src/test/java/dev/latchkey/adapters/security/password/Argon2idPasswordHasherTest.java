package dev.latchkey.adapters.security.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.security.Samples;
import dev.latchkey.adapters.security.password.Argon2id.RawHash;
import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.PasswordHasher.Comparison;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.testkit.PasswordHasherContract;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Argon2idPasswordHasherTest extends PasswordHasherContract {

  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1);
  private static final HashingLimits LIMITS = new HashingLimits(1, 0, Duration.ofSeconds(1));
  private static final Password PASSWORD = Password.of("password");
  private static final PasswordHash ZEROS_OF_ANOTHER_COST =
      new PasswordHash(
          "$argon2id$v=19$m=128,t=3,p=2$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA");

  private final List<Argon2Parameters> computed = new CopyOnWriteArrayList<>();

  private PasswordHasher withZeros(Argon2Parameters parameters, SecureRandom random) {
    return withTags((byte) 0, parameters, random);
  }

  private PasswordHasher withOnes(Argon2Parameters parameters) {
    return withTags((byte) 1, parameters, new SecureRandom());
  }

  /** Finds the same tag for everything. */
  private PasswordHasher withTags(byte value, Argon2Parameters parameters, SecureRandom random) {
    RawHash rawHash =
        (_, _, costs, tagLength) -> {
          computed.add(costs);
          byte[] tag = new byte[tagLength];
          Arrays.fill(tag, value);
          return tag;
        };
    var threads = new HashingThreads(LIMITS, Duration.ofMillis(1), System::nanoTime);
    return new Argon2idPasswordHasher(
        parameters, threads, random, new Argon2id("one tag", rawHash));
  }

  private static Comparison compare(
      PasswordHasher hasher, Password password, Optional<PasswordHash> hash) {
    return hasher
        .admit(ClientNetwork.UNKNOWN, turn -> turn.compare(password, hash, List.of()))
        .orElseThrow();
  }

  @Override
  protected PasswordHasher hasher() {
    return new Argon2idPasswordHasher(CHEAP, LIMITS, new SecureRandom());
  }

  @Test
  void writesThePhcStringFormatWithItsParameters() {
    PasswordHasher hasher = withZeros(Argon2Parameters.DEFAULT, Samples.constantRandom(0xff));

    assertThat(hasher.admit(ClientNetwork.UNKNOWN, turn -> turn.hash(PASSWORD)))
        .contains(
            new PasswordHash(
                "$argon2id$v=19$m=19456,t=2,p=1$/////////////////////w"
                    + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    assertThat(computed).containsExactly(Argon2Parameters.DEFAULT);
  }

  @Test
  void comparesWithADecoyOfTheSameCostIfThereIsNoHash() {
    PasswordHasher hasher = withZeros(CHEAP, new SecureRandom());

    assertThat(compare(hasher, PASSWORD, Optional.empty())).isEqualTo(Comparison.MISMATCH);
    assertThat(computed).containsExactly(CHEAP);
  }

  /** All of them would match if they were taken as they stand. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$",
        "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
        "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=1,p=1$$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA==",
        "$argon2id$v=16$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=7,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=1,p=9$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=64,t=17,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=262144,t=1,p=17$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=262145,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=99999999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=-64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA"
      })
  void comparesWithTheDecoyIfTheHashIsNotUnderstood(String phc) {
    PasswordHasher hasher = withZeros(CHEAP, new SecureRandom());

    assertThat(compare(hasher, PASSWORD, Optional.of(new PasswordHash(phc))))
        .isEqualTo(Comparison.MISMATCH);
    assertThat(computed).containsExactly(CHEAP);
  }

  @Test
  void comparesWithTheParametersOfTheHash() {
    PasswordHasher hasher = withZeros(CHEAP, new SecureRandom());

    assertThat(compare(hasher, PASSWORD, Optional.of(ZEROS_OF_ANOTHER_COST)))
        .isEqualTo(Comparison.OUTDATED_MATCH);
    assertThat(computed).containsExactly(new Argon2Parameters(128, 3, 2));
  }

  @Test
  void callsAHashOfItsOwnCostUpToDate() {
    PasswordHasher hasher = withZeros(new Argon2Parameters(128, 3, 2), new SecureRandom());

    assertThat(compare(hasher, PASSWORD, Optional.of(ZEROS_OF_ANOTHER_COST)))
        .isEqualTo(Comparison.MATCH);
  }

  /**
   * Costs were lowered or raised since some of the hashes were made: who exists must not show by
   * the time.
   */
  @ParameterizedTest
  @CsvSource({"64, 1", "1024, 3"})
  void aComparisonThatFailsCostsWhatTheDearestHashInUseCostsWhateverItWasMadeWith(
      int memoryKiB, int iterations) {
    var hasher = withOnes(new Argon2Parameters(memoryKiB, iterations, 1));
    var dearest = Math.max((long) memoryKiB * iterations, 512 * 4);
    var cheap =
        new PasswordHash(
            "$argon2id$v=19$m=128,t=3,p=2$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA");
    var dear =
        new PasswordHash(
            "$argon2id$v=19$m=512,t=4,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA");
    var inUse = List.of(cheap, dear, new PasswordHash("$foreign$"));

    for (Optional<PasswordHash> hash :
        List.of(Optional.<PasswordHash>empty(), Optional.of(cheap), Optional.of(dear))) {
      computed.clear();
      assertThat(hasher.admit(ClientNetwork.UNKNOWN, turn -> turn.compare(PASSWORD, hash, inUse)))
          .contains(Comparison.MISMATCH);
      assertThat(computed.stream().mapToLong(Argon2Parameters::work).sum())
          .isCloseTo(dearest, Offset.offset(4L)); // the rest is divided among the passes
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, 1, 1",
    "15, 1, 2",
    "262145, 1, 1",
    "64, 0, 1",
    "64, 17, 1",
    "64, 1, 0",
    "1024, 1, 17",
    "-8, 1, -1"
  })
  void refusesParametersThatAreAbsurd(int memoryKiB, int iterations, int parallelism) {
    assertThatThrownBy(() -> new Argon2Parameters(memoryKiB, iterations, parallelism))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, PT1S", "-1, 5, PT1S", "1, -1, PT1S", "1, 0, PT0S", "1, 0, PT-1S"})
  void refusesLimitsThatLetNobodyIn(int concurrency, int queue, Duration maxWait) {
    assertThatThrownBy(() -> new HashingLimits(concurrency, queue, maxWait))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
