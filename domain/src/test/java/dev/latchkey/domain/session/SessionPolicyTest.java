package dev.latchkey.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionPolicyTest {

  private static final Duration IDLE = Duration.ofDays(7);
  private static final Duration ABSOLUTE = Duration.ofDays(30);
  private static final Duration RETRY = Duration.ofSeconds(60);
  private static final Duration KEYED_RETRY = Duration.ofHours(24);

  @Test
  void hasTheseDefaults() {
    assertThat(SessionPolicy.DEFAULT)
        .isEqualTo(new SessionPolicy(IDLE, ABSOLUTE, RETRY, KEYED_RETRY));
  }

  @Test
  void refusesAnIdleTimeThatIsNotPositive() {
    assertRefused(Duration.ZERO, ABSOLUTE, RETRY, KEYED_RETRY);
    assertRefused(Duration.ofDays(-1), ABSOLUTE, RETRY, KEYED_RETRY);
    assertAccepted(Duration.ofNanos(1), ABSOLUTE, RETRY, KEYED_RETRY);
  }

  @Test
  void refusesAnIdleTimeAboveTheAbsoluteTime() {
    assertRefused(ABSOLUTE.plusMillis(1), ABSOLUTE, RETRY, KEYED_RETRY);
    assertAccepted(ABSOLUTE, ABSOLUTE, RETRY, KEYED_RETRY);
  }

  @Test
  void refusesARetryWindowThatConformanceSuitesWouldMiss() {
    assertRefused(IDLE, ABSOLUTE, Duration.ZERO, KEYED_RETRY);
    assertRefused(IDLE, ABSOLUTE, Duration.ofSeconds(30), KEYED_RETRY);
    assertAccepted(IDLE, ABSOLUTE, Duration.ofSeconds(30).plusMillis(1), KEYED_RETRY);
  }

  @Test
  void refusesAKeyThatWouldShortenTheRetryWindow() {
    assertRefused(IDLE, ABSOLUTE, RETRY, RETRY.minusMillis(1));
    assertAccepted(IDLE, ABSOLUTE, RETRY, RETRY);
  }

  private static void assertRefused(
      Duration idle, Duration absolute, Duration retry, Duration keyedRetry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionPolicy(idle, absolute, retry, keyedRetry));
  }

  private static void assertAccepted(
      Duration idle, Duration absolute, Duration retry, Duration keyedRetry) {
    assertThatNoException().isThrownBy(() -> new SessionPolicy(idle, absolute, retry, keyedRetry));
  }
}
