package dev.latchkey.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.security.Argon2idPasswordHasher.RawHash;
import dev.latchkey.application.port.out.PasswordHasher;
import dev.latchkey.application.port.out.PasswordHasher.Comparison;
import dev.latchkey.application.port.out.PasswordHasher.Hashing;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.testkit.PasswordHasherContract;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Argon2idPasswordHasherTest extends PasswordHasherContract {

  private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1);
  private static final HashingLimits LIMITS = new HashingLimits(1, 0);
  private static final Password PASSWORD = new Password("password");

  private final List<Argon2Parameters> computed = new ArrayList<>();

  /** Finds the same tag for everything. */
  private final RawHash zeros =
      (password, salt, parameters, tagLength) -> {
        computed.add(parameters);
        return new byte[tagLength];
      };

  @Override
  protected PasswordHasher hasher() {
    return new Argon2idPasswordHasher(CHEAP, LIMITS, new SecureRandom());
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
    var hash = Optional.of(new PasswordHash(phc));

    assertThat(hasher().compare(PASSWORD, hash)).isEqualTo(Comparison.MATCH);
    assertThat(hasher().compare(new Password("Password"), hash)).isEqualTo(Comparison.MISMATCH);
  }

  @Test
  void writesThePhcStringFormatWithItsParameters() {
    var hasher =
        new Argon2idPasswordHasher(Argon2Parameters.DEFAULT, LIMITS, Samples.constantRandom(0xff), zeros);

    assertThat(hasher.hash(PASSWORD))
        .isEqualTo(
            new Hashing.Hashed(
                new PasswordHash(
                    "$argon2id$v=19$m=19456,t=2,p=1$/////////////////////w"
                        + "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
    assertThat(computed).containsExactly(Argon2Parameters.DEFAULT);
  }

  @Test
  void comparesWithADecoyOfTheSameCostIfThereIsNoHash() {
    var hasher = new Argon2idPasswordHasher(CHEAP, LIMITS, new SecureRandom(), zeros);

    assertThat(hasher.compare(PASSWORD, Optional.empty())).isEqualTo(Comparison.MISMATCH);
    assertThat(computed).containsExactly(CHEAP);
  }

  @Test
  void matchesNothingWithoutAHashEvenIfTheDecoyWereGuessed() {
    var hasher = new Argon2idPasswordHasher(CHEAP, LIMITS, Samples.constantRandom(0), zeros);

    assertThat(hasher.compare(PASSWORD, Optional.empty())).isEqualTo(Comparison.MISMATCH);
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
    var hasher = new Argon2idPasswordHasher(CHEAP, LIMITS, new SecureRandom(), zeros);

    assertThat(hasher.compare(PASSWORD, Optional.of(new PasswordHash(phc)))).isEqualTo(Comparison.MISMATCH);
    assertThat(computed).containsExactly(CHEAP);
  }

  @Test
  void comparesWithTheParametersOfTheHash() {
    var hasher = new Argon2idPasswordHasher(CHEAP, LIMITS, new SecureRandom(), zeros);
    var hash = new PasswordHash("$argon2id$v=19$m=128,t=3,p=2$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA");

    assertThat(hasher.compare(PASSWORD, Optional.of(hash))).isEqualTo(Comparison.MATCH);
    assertThat(computed).containsExactly(new Argon2Parameters(128, 3, 2));
  }

  @ParameterizedTest
  @CsvSource({"7, 1, 1", "15, 1, 2", "262145, 1, 1", "64, 0, 1", "64, 17, 1", "64, 1, 0", "1024, 1, 17", "-8, 1, -1"})
  void refusesParametersThatAreAbsurd(int memoryKiB, int iterations, int parallelism) {
    assertThatThrownBy(() -> new Argon2Parameters(memoryKiB, iterations, parallelism))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 5", "1, -1"})
  void refusesLimitsThatLetNobodyIn(int concurrency, int queue) {
    assertThatThrownBy(() -> new HashingLimits(concurrency, queue)).isInstanceOf(IllegalArgumentException.class);
  }
}
