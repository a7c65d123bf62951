package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.ClockOfTests;
import dev.latchkey.adapters.persistence.clock.DatabaseClock;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes take the time from the database, so a wrong clock on one machine is not theirs; {@code
 * DatabaseClockTest} shows how. Even if the nodes disagreed by ten seconds, the window, twice as
 * long as conformance suites wait, would hold.
 */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class ClockTest {

  private final Instant start = Instant.now();

  @BeforeEach
  void stopTheClocks() {
    put(Duration.ZERO, Duration.ZERO);
  }

  @AfterEach
  void letTheClocksRun() {
    Nodes.FIRST.clock().reset();
    Nodes.SECOND.clock().reset();
  }

  @Test
  void nodesTakeTheTimeFromTheDatabase() {
    Map<String, Object> itsOwnClock = Map.of(ClockOfTests.OFF, "true");
    try (Node one = Node.start(itsOwnClock);
        Node other = Node.start(itsOwnClock)) {
      assertThat(one.bean(InstantSource.class)).isInstanceOf(DatabaseClock.class);
      assertThat(other.bean(InstantSource.class)).isInstanceOf(DatabaseClock.class);

      String first = one.client().newcomer().refresh();
      String second = one.client().refresh(first).hasStatus(200).refreshToken();

      assertThat(other.client().refresh(first).hasStatus(200).refreshToken()).isEqualTo(second);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void anHonestRetryAfterHalfAMinuteSucceedsOnANodeThatIsTenSecondsOff(int seconds) {
    String first = Nodes.FIRST.client().newcomer().refresh();
    String second = Nodes.FIRST.client().refresh(first).hasStatus(200).refreshToken();
    Duration halfAMinute = Duration.ofSeconds(31);
    put(halfAMinute, halfAMinute.plusSeconds(seconds));

    Answer retry = Nodes.SECOND.client().refresh(first).hasStatus(200);

    assertThat(retry.text("/outcome")).isEqualTo("retried");
    assertThat(retry.refreshToken()).isEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void aLateReplayIsReuseOnANodeThatIsTenSecondsOff(int seconds) {
    String first = Nodes.FIRST.client().newcomer().refresh();
    Nodes.FIRST.client().refresh(first).hasStatus(200);
    Duration late = Duration.ofSeconds(70);
    put(late, late.plusSeconds(seconds));

    Nodes.SECOND.client().refresh(first).isProblem(401, "refresh_token_reused");
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void exchangesThatAlternateBetweenNodesTenSecondsApartGoOn(int seconds) {
    put(Duration.ZERO, Duration.ofSeconds(seconds));
    String current = Nodes.FIRST.client().newcomer().refresh();
    for (int step = 0; step < 10; step++) {
      Node node = step % 2 == 0 ? Nodes.SECOND : Nodes.FIRST;
      Node other = step % 2 == 0 ? Nodes.FIRST : Nodes.SECOND;
      String successor = node.client().refresh(current).hasStatus(200).refreshToken();
      assertThat(other.client().refresh(current).hasStatus(200).refreshToken())
          .isEqualTo(successor);
      current = successor;
    }
  }

  /**
   * The database that takes over has a clock of its own, and one node follows it some seconds
   * before the other. The answer that was lost on the way was issued by the old time.
   */
  @ParameterizedTest
  @ValueSource(ints = {-30, -10, 10, 30})
  void aFailOverToADatabaseWithAnotherClockLogsNobodyOut(int seconds) {
    String first = Nodes.FIRST.client().newcomer().refresh();
    String lost = Nodes.FIRST.client().refresh(first).hasStatus(200).refreshToken();
    Duration later = Duration.ofSeconds(25);
    put(later, later.plusSeconds(seconds));

    Answer retry = Nodes.SECOND.client().refresh(first).hasStatus(200);
    String next = Nodes.FIRST.client().refresh(lost).hasStatus(200).refreshToken();
    put(later.plusSeconds(seconds), later.plusSeconds(seconds));
    Answer again = Nodes.SECOND.client().refresh(lost).hasStatus(200);
    Answer afterwards = Nodes.FIRST.client().refresh(next).hasStatus(200);

    assertThat(retry.refreshToken()).isEqualTo(lost);
    assertThat(again.refreshToken()).isEqualTo(next);
    Nodes.SECOND.client().me(afterwards.accessToken()).hasStatus(200);
  }

  private void put(Duration first, Duration second) {
    Nodes.FIRST.clock().stopAt(start.plus(first));
    Nodes.SECOND.clock().stopAt(start.plus(second));
  }
}
