package dev.latchkey.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionLimitTest {

  private final Session first = SessionExamples.started(1, SessionExamples.START);
  private final Session second =
      SessionExamples.started(2, SessionExamples.START.plus(Duration.ofDays(1)));
  private final Session third =
      SessionExamples.started(3, SessionExamples.START.plus(Duration.ofDays(2)));
  private final List<Session> active = List.of(third, first, second);

  @Test
  void theOldestGiveWayToOneMore() {
    assertThat(new SessionLimit(3).superseded(active)).containsExactly(first);
    assertThat(new SessionLimit(2).superseded(active)).containsExactly(first, second);
  }

  @Test
  void nobodyGivesWayWhileThereIsRoom() {
    assertThat(new SessionLimit(4).superseded(active)).isEmpty();
    assertThat(new SessionLimit(9).superseded(active)).isEmpty();
  }

  @Test
  void whereOneIsAllowedAllOthersGiveWay() {
    assertThat(new SessionLimit(1).superseded(active)).containsExactly(first, second, third);
  }

  @Test
  void zeroIsNoLimit() {
    assertThat(SessionLimit.NONE).isEqualTo(new SessionLimit(0));
    assertThat(new SessionLimit(0).isNone()).isTrue();
    assertThat(new SessionLimit(0).superseded(active)).isEmpty();
    assertThat(new SessionLimit(1).isNone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void isNeverNegative(int value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionLimit(value));
  }
}
