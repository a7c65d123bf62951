package dev.latchkey.domain.attempt;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptLimitTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AttemptLimit limit = limit(null);

  private static AttemptLimit limit(@Nullable Duration recovery) {
    return new AttemptLimit(3, ofSeconds(1), ofSeconds(10), recovery);
  }

  private static Optional<AttemptCount> count(int count) {
    return Optional.of(new AttemptCount(count, START));
  }

  @Test
  void delaysNothingThatWasNeverTried() {
    assertThat(limit.delay(Optional.empty(), START)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "3, 0", "4, 1", "5, 2", "6, 4", "7, 8", "8, 10", "9, 10", "999999, 10"})
  void doublesTheDelayWithEachAttemptThatIsNotFree(int attempts, int seconds) {
    assertThat(limit.delay(count(attempts), START)).isEqualTo(ofSeconds(seconds));
  }

  @Test
  void endsTheDelayWhenItIsOver() {
    assertThat(limit.delay(count(7), START.plusSeconds(7))).isEqualTo(ofSeconds(1));
    assertThat(limit.delay(count(7), START.plusMillis(7999))).isEqualTo(Duration.ofMillis(1));
    assertThat(limit.delay(count(7), START.plusSeconds(8))).isZero();
    assertThat(limit.delay(count(7), START.plusSeconds(9))).isZero();
  }

  @Test
  void delaysNoLongerIfTheClockIsSetBack() {
    assertThat(limit.delay(count(7), START.minus(ofMinutes(60)))).isEqualTo(ofSeconds(8));
    assertThat(limit(ofSeconds(1)).next(count(7), START.minus(ofMinutes(60))).count()).isEqualTo(8);
  }

  @Test
  void countsFromOneOn() {
    AttemptCount first = limit.next(Optional.empty(), START);
    AttemptCount second = limit.next(Optional.of(first), START.plusSeconds(1));

    assertThat(first).isEqualTo(new AttemptCount(1, START));
    assertThat(second).isEqualTo(new AttemptCount(2, START.plusSeconds(1)));
  }

  @Test
  void forgetsNothingByItself() {
    assertThat(limit.next(count(7), START.plus(Duration.ofDays(3650))).count()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({"0, 8", "59, 8", "60, 7", "179, 6", "420, 1", "86400000, 1"})
  void forgetsOneAttemptEachTimeItRecovers(long seconds, int next) {
    assertThat(limit(ofSeconds(60)).next(count(7), START.plusSeconds(seconds)).count())
        .isEqualTo(next);
  }

  @Test
  void countsNoHigherThanItCanStore() {
    AttemptCount highest = limit.next(count(Integer.MAX_VALUE - 1), START);

    assertThat(limit.next(Optional.of(highest), START)).isEqualTo(highest);
    assertThat(limit.delay(Optional.of(highest), START)).isEqualTo(ofSeconds(10));
  }

  @Test
  void canBeNoLimit() {
    assertThat(AttemptLimit.NONE.delay(count(999_999), START)).isEqualTo(ZERO);
  }

  @Test
  void mustLetSomethingBeTriedAndDelaySomething() {
    assertInvalid(0, ofSeconds(1), ofSeconds(1), null);
    assertInvalid(1_000_000, ofSeconds(1), ofSeconds(1), null);
    assertInvalid(1, ZERO, ofSeconds(1), null);
    assertInvalid(1, ofSeconds(2), ofSeconds(1), null);
    assertInvalid(1, ofSeconds(1), ofSeconds(1), ZERO);
    assertThat(new AttemptLimit(1, ofSeconds(1), ofSeconds(1), ofSeconds(1)).free()).isOne();
  }

  private static void assertInvalid(
      int free, Duration first, Duration longest, @Nullable Duration recovery) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttemptLimit(free, first, longest, recovery));
  }

  @Test
  void aCountIsOfSomethingThatWasTried() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AttemptCount(0, START));
  }
}
