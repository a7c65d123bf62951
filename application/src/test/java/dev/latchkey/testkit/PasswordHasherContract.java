package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.application.port.out.account.PasswordHasher.Comparison;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PasswordHasher} keeps to that is not overloaded. */
public abstract class PasswordHasherContract {

  private static final Password RIGHT = Password.of("correct horse battery staple");

  private PasswordHasher hasher;

  protected abstract PasswordHasher hasher();

  @BeforeEach
  void open() {
    hasher = hasher();
  }

  @Test
  void matchesTheRightPassword() {
    assertThat(compare(RIGHT, Optional.of(hash(RIGHT)))).isEqualTo(Comparison.MATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wrong",
        "Correct horse battery staple",
        "correct horse battery staple ",
        " correct horse battery staple",
        "correct horse battery stapl"
      })
  void doesNotMatchAnotherPassword(String other) {
    assertThat(compare(Password.of(other), Optional.of(hash(RIGHT))))
        .isEqualTo(Comparison.MISMATCH);
  }

  /** The comparison with nothing must not be won by whatever it is compared with instead. */
  @ParameterizedTest
  @ValueSource(strings = {"correct horse battery staple", " ", "dummy", "password"})
  void matchesNothingWithoutAHash(String text) {
    assertThat(compare(Password.of(text), Optional.empty())).isEqualTo(Comparison.MISMATCH);
  }

  @Test
  void hashesThePasswordDifferentlyEachTime() {
    assertThat(hash(RIGHT)).isNotEqualTo(hash(RIGHT));
  }

  @Test
  void writesAHashThatNamesItsAlgorithmAndNotThePassword() {
    assertThat(hash(RIGHT).text()).matches("\\$[a-z0-9-]+\\$.+").doesNotContain(RIGHT.reveal());
  }

  @Test
  void matchesAHashThatWasStoredAsText() {
    var stored = new PasswordHash(hash(RIGHT).text());

    assertThat(compare(RIGHT, Optional.of(stored))).isEqualTo(Comparison.MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "Schlu\u0308ssel, Schl\u00fcssel",
    "\ufb01re \ufb02y, fire fly",
    "\uff50\uff41\uff53\uff53, pass",
    "\u2163 \u00b2, IV 2",
    "\u212bngstr\u00f6m, A\u030angstro\u0308m"
  })
  void matchesTheSamePasswordTypedOnAnotherKeyboard(String chosen, String typed) {
    assertThat(compare(Password.of(typed), Optional.of(hash(Password.of(chosen)))))
        .isEqualTo(Comparison.MATCH);
  }

  @Test
  void hashesTheLongestPasswordAsAWhole() {
    String long127 = "🦆".repeat(127);
    PasswordHash hash = hash(Password.of(long127 + "a"));

    assertThat(compare(Password.of(long127 + "a"), Optional.of(hash))).isEqualTo(Comparison.MATCH);
    assertThat(compare(Password.of(long127 + "b"), Optional.of(hash)))
        .isEqualTo(Comparison.MISMATCH);
  }

  private PasswordHash hash(Password password) {
    return hasher.admit(ClientNetwork.UNKNOWN, turn -> turn.hash(password)).orElseThrow();
  }

  private Comparison compare(Password password, Optional<PasswordHash> hash) {
    return hasher
        .admit(ClientNetwork.UNKNOWN, turn -> turn.compare(password, hash, List.of()))
        .orElseThrow();
  }
}
