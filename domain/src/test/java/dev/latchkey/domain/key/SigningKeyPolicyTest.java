package dev.latchkey.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SigningKeyPolicyTest {

  private static final Duration INTERVAL = Duration.ofDays(30);
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  @Test
  void publishesAKeyTwiceTheMaxAgeAndAMinuteBeforeItSigns() {
    assertThat(
            new SigningKeyPolicy(SigningAlgorithm.ES256, INTERVAL, MAX_AGE, LIFETIME)
                .publicationLead())
        .isEqualTo(Duration.ofMinutes(11));
  }

  @Test
  void refusesAMaxAgeThatNoHeaderCanSay() {
    assertRefused(INTERVAL, Duration.ZERO, LIFETIME);
    assertRefused(INTERVAL, Duration.ofSeconds(-1), LIFETIME);
    assertRefused(INTERVAL, Duration.ofMillis(1500), LIFETIME);
    assertRefused(INTERVAL, Duration.ofDays(1).plusSeconds(1), LIFETIME);
    assertAccepted(INTERVAL, Duration.ofSeconds(1), LIFETIME);
    assertAccepted(INTERVAL, Duration.ofDays(1), LIFETIME);
  }

  @Test
  void refusesARotationThatWouldOutrunThePublication() {
    assertRefused(Duration.ofMinutes(11).minusMillis(1), MAX_AGE, LIFETIME);
    assertAccepted(Duration.ofMinutes(11), MAX_AGE, LIFETIME);
  }

  @Test
  void refusesARotationThatNobodyLivesToSee() {
    assertRefused(Duration.ofDays(3650).plusMillis(1), MAX_AGE, LIFETIME);
    assertAccepted(Duration.ofDays(3650), MAX_AGE, LIFETIME);
  }

  @Test
  void refusesTokensThatHoldForNoTime() {
    assertRefused(INTERVAL, MAX_AGE, Duration.ZERO);
    assertAccepted(INTERVAL, MAX_AGE, Duration.ofSeconds(1));
  }

  private static void assertRefused(Duration interval, Duration maxAge, Duration lifetime) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SigningKeyPolicy(SigningAlgorithm.ES256, interval, maxAge, lifetime));
  }

  private static void assertAccepted(Duration interval, Duration maxAge, Duration lifetime) {
    assertThatNoException()
        .isThrownBy(() -> new SigningKeyPolicy(SigningAlgorithm.ES256, interval, maxAge, lifetime));
  }
}
