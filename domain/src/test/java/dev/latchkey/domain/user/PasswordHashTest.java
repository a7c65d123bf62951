package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordHashTest {

  private static final String PHC = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

  @Test
  void isEqualByItsText() {
    assertThat(new PasswordHash(PHC))
        .isEqualTo(new PasswordHash(PHC))
        .hasSameHashCodeAs(new PasswordHash(PHC));
    assertThat(new PasswordHash(PHC))
        .isNotEqualTo(new PasswordHash(PHC + "a"))
        .doesNotHaveSameHashCodeAs(new PasswordHash(PHC + "a"));
  }

  @Test
  void keepsItsText() {
    assertThat(new PasswordHash(PHC).text()).isEqualTo(PHC);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          $argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA | $argon2id$v=19$m=19456,t=2,p=1
          $argon2id$v=19$m=19456,t=2,p=1$b3RoZXI$b25l  | $argon2id$v=19$m=19456,t=2,p=1
          $scheme$salt$hash                            | $scheme
          $scheme$hash                                 | $scheme$hash
          $                                            | $
          """)
  void hasACostWithoutSaltAndHash(String phc, String cost) {
    assertThat(new PasswordHash(phc).cost()).isEqualTo(cost);
  }

  /** Above all not a password in clear that somebody mistook for a hash. */
  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2", " $argon2id$"})
  void refusesWhatIsNoPhcStringAndDoesNotRepeatIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PasswordHash(text))
        .withMessage("a PHC string starts with $");
  }

  @Test
  void isRedacted() {
    assertThat(new PasswordHash(PHC)).hasToString("PasswordHash[redacted]");
  }
}
