package dev.latchkey.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RecentlyEndedTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(7);
  private static final int MOST = 3;

  @Test
  void namesWhatEndedUntilTheWindowIsOver() {
    RecentlyEnded known = RecentlyEnded.of(List.of(ended(1, 0)), at(1), WINDOW, MOST);

    assertThat(known.learn(List.of(), at(420), WINDOW).list(null).sessions())
        .containsExactly(id(1));
    assertThat(known.learn(List.of(), at(421), WINDOW).list(null).sessions()).isEmpty();
  }

  @Test
  void namesWhatTheStoreHasLost() {
    RecentlyEnded known = RecentlyEnded.of(List.of(ended(1, 0)), at(1), WINDOW, MOST);

    RecentlyEnded next = known.learn(List.of(ended(2, 2)), at(3), WINDOW);

    assertThat(next.list(null).sessions()).containsExactlyInAnyOrder(id(1), id(2));
  }

  @Test
  void namesOnlyWhatIsNewToWhoKnowsTheRest() {
    RecentlyEnded known =
        RecentlyEnded.of(List.of(ended(1, 0)), at(100), WINDOW, MOST)
            .learn(List.of(ended(1, 0), ended(2, 110)), at(111), WINDOW);

    assertThat(known.list(at(105)).sessions()).containsExactly(id(2));
    assertThat(known.list(at(105)).since()).isEqualTo(at(105));
    assertThat(known.list(at(105)).asOf()).isEqualTo(at(111));
    assertThat(known.list(at(111)).sessions()).isEmpty();
    assertThat(known.list(null).sessions()).hasSize(2);
  }

  /** Its end has an early time, but nobody can have heard of it before. */
  @Test
  void isNewWhenItIsSeenAndNotWhenItEnded() {
    RecentlyEnded known =
        RecentlyEnded.of(List.of(), at(100), WINDOW, MOST)
            .learn(List.of(ended(1, 40)), at(130), WINDOW);

    assertThat(known.list(at(120)).sessions()).containsExactly(id(1));
  }

  /** Another node may have missed it that long after its time. */
  @Test
  void firstReadingCountsWithLateCommits() {
    RecentlyEnded known = RecentlyEnded.of(List.of(ended(1, 0)), at(300), WINDOW, MOST);

    assertThat(known.list(at(59)).sessions()).containsExactly(id(1));
    assertThat(known.list(at(60)).sessions()).isEmpty();
  }

  @Test
  void countsWhatIsKnownOnce() {
    RecentlyEnded known = RecentlyEnded.of(List.of(ended(1, 0)), at(1), WINDOW, MOST);

    assertThat(known.learn(List.of(ended(1, 0)), at(2), WINDOW).revision())
        .isEqualTo(known.revision());
    assertThat(known.learn(List.of(ended(2, 1)), at(2), WINDOW).revision())
        .isGreaterThan(known.revision());
  }

  @Test
  void refusesByTimeWhatIsTooMuchToName() {
    RecentlyEnded known =
        RecentlyEnded.of(
            List.of(ended(1, 10), ended(2, 20), ended(3, 30), ended(4, 40), ended(5, 50)),
            at(200),
            WINDOW,
            MOST);

    assertThat(known.size()).isEqualTo(MOST);
    assertThat(known.list(null).sessions()).containsExactlyInAnyOrder(id(3), id(4), id(5));
    assertThat(known.list(null).notBefore()).isEqualTo(at(20).plus(RecentlyEnded.OVERLAP));
    assertThat(known.list(at(199)).notBefore()).isEqualTo(at(20).plus(RecentlyEnded.OVERLAP));
  }

  /** Whoever refreshes after that goes on: nobody is kept out for longer than a second. */
  @Test
  void refusesNoTokenThatIsIssuedLater() {
    RecentlyEnded known =
        RecentlyEnded.of(
            List.of(ended(1, 98), ended(2, 98), ended(3, 99), ended(4, 99)), at(100), WINDOW, MOST);

    assertThat(known.list(null).notBefore()).isEqualTo(at(101));
  }

  @Test
  void refusesNoMoreWhenWhatIsNotNamedIsReadAgain() {
    List<EndedSession> all = List.of(ended(1, 10), ended(2, 20), ended(3, 30), ended(4, 40));
    RecentlyEnded known = RecentlyEnded.of(all, at(100), WINDOW, MOST);

    RecentlyEnded again = known.learn(all, at(110), WINDOW);

    assertThat(again.revision()).isEqualTo(known.revision());
    assertThat(again.list(null).notBefore()).isEqualTo(at(25));
  }

  @Test
  void refusesByTimeUntilTheWindowIsOver() {
    RecentlyEnded known =
        RecentlyEnded.of(
            List.of(ended(1, 10), ended(2, 20), ended(3, 30), ended(4, 40)), at(100), WINDOW, MOST);

    assertThat(known.learn(List.of(), at(445), WINDOW).list(null).notBefore()).isEqualTo(at(25));
    assertThat(known.learn(List.of(), at(446), WINDOW).list(null).notBefore()).isNull();
  }

  private static EndedSession ended(int number, int second) {
    return new EndedSession(id(number), at(second));
  }

  private static SessionId id(int number) {
    return new SessionId(new UUID(0, number));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
