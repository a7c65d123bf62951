package dev.latchkey.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EndedSessionsTest {

  private static final Duration WINDOW = Duration.ofMinutes(7);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  // Near the end of its range: such a clock may start anywhere, and goes on beyond it.
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final EndedSessions known = new EndedSessions(nanoTime::get);

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(known.isOlderThan(Duration.ofDays(365))).isTrue();
    assertThat(known.asOf()).isNull();
  }

  @Test
  void aSessionIsRememberedForTheWindowAndNoLonger() {
    learn(1_000, "a");

    pass(WINDOW.minusNanos(1));
    assertThat(known.contains(token("a"))).isTrue();
    assertThat(known.contains(token("b"))).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(known.contains(token("a"))).isFalse();
  }

  @Test
  void knowledgeIsAsOldAsTheQuestionThatBroughtIt() {
    long asked = nanoTime.get();
    pass(Duration.ofSeconds(20));
    boolean newer = known.learn(document(1_000, null, "a"), asked);

    assertThat(newer).isTrue();
    pass(Duration.ofSeconds(40));
    assertThat(known.isOlderThan(MINUTE)).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(known.isOlderThan(MINUTE)).isTrue();
  }

  @Test
  void aListThatIsNotNewerMakesKnowledgeNoYounger() {
    learn(1_000, "a");
    pass(Duration.ofSeconds(61));

    assertThat(known.learn(document(1_000, null, "b"), nanoTime.get())).isFalse();
    assertThat(known.learn(document(999, null, "c"), nanoTime.get())).isFalse();

    assertThat(known.isOlderThan(MINUTE)).isTrue();
    assertThat(known.contains(token("b"))).isTrue();
    assertThat(known.contains(token("c"))).isTrue();
    learn(1_001);
    assertThat(known.isOlderThan(MINUTE)).isFalse();
  }

  @Test
  void aListContinuesWhatIsKnownIfItBeginsNoLater() {
    assertThat(document(2_000, null).continues(null)).isTrue();
    assertThat(document(2_000, null).continues(1_000L)).isTrue();
    assertThat(document(2_000, 1_000L).continues(1_000L)).isTrue();
    assertThat(document(2_000, 1_001L).continues(1_000L)).isFalse();
    assertThat(document(2_000, 1_000L).continues(null)).isFalse();
  }

  private void learn(long asOf, String... sessions) {
    assertThat(known.learn(document(asOf, null, sessions), nanoTime.get())).isTrue();
  }

  private void pass(Duration duration) {
    nanoTime.addAndGet(duration.toNanos());
  }

  private static EndedSessionsDocument document(
      long asOf, @Nullable Long since, String... sessions) {
    return new EndedSessionsDocument(asOf, since, Set.of(sessions), WINDOW, null);
  }

  private static AccessToken token(String session) {
    Instant now = Instant.parse("2026-11-01T12:00:00Z");
    return new AccessToken(
        "ada", "latchkey", session, Set.of(), now, now.plusSeconds(300), null, Map.of());
  }
}
