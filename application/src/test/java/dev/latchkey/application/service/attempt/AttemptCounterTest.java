package dev.latchkey.application.service.attempt;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptLimit;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.testkit.Race;
import dev.latchkey.testkit.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AttemptCounterTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final AttemptKey ONE = AttemptKey.network(ClientNetwork.of("192.0.2.1"));
  private static final AttemptKey OTHER = AttemptKey.network(ClientNetwork.of("192.0.2.2"));
  private static final AttemptLimit THREE = new AttemptLimit(3, ofSeconds(1), ofSeconds(10), null);
  private static final AttemptLimit FIVE = new AttemptLimit(5, ofSeconds(1), ofSeconds(10), null);

  private final AttemptCounts counts = Stores.inMemory().attemptCounts();
  private final AttemptCounter counter = new AttemptCounter(counts);

  @Test
  void countsUntilTheNextHasToWait() {
    for (int i = 0; i < 4; i++) {
      assertThat(counter.count(Map.of(ONE, THREE), NOW)).isZero();
    }

    assertThat(counter.count(Map.of(ONE, THREE), NOW)).isEqualTo(ofSeconds(1));
    assertThat(counter.delay(Map.of(ONE, THREE), NOW)).isEqualTo(ofSeconds(1));
    assertThat(counts.find(List.of(ONE))).containsEntry(ONE, new AttemptCount(4, NOW));
  }

  @Test
  void countsUnderNoKeyIfOneHasToWait() {
    for (int i = 0; i < 4; i++) {
      var _ = counter.count(Map.of(OTHER, THREE), NOW);
    }

    assertThat(counter.count(Map.of(ONE, FIVE, OTHER, THREE), NOW)).isEqualTo(ofSeconds(1));

    assertThat(counts.find(List.of(ONE))).isEmpty();
  }

  @Test
  void waitsForTheLongestDelay() {
    for (int i = 0; i < 4; i++) {
      var _ = counter.count(Map.of(ONE, FIVE, OTHER, THREE), NOW);
    }
    var _ = counter.count(Map.of(OTHER, THREE), NOW.plusSeconds(1));

    assertThat(counter.delay(Map.of(ONE, FIVE, OTHER, THREE), NOW.plusSeconds(1)))
        .isEqualTo(ofSeconds(2));
  }

  @Test
  void countsNoMoreOfManyAtOnceThanOneAfterTheOther() {
    List<Duration> delays = Race.run(8, _ -> counter.count(Map.of(ONE, THREE), NOW));

    assertThat(delays.stream().filter(Duration::isZero)).hasSize(4);
    assertThat(counts.find(List.of(ONE))).containsEntry(ONE, new AttemptCount(4, NOW));
  }

  /** Or else many at once would count under the keys that come before the one that delays. */
  @Test
  void whoLosesARaceAndHasToWaitCountsUnderNoKey() {
    for (int i = 0; i < 3; i++) {
      var _ = counter.count(Map.of(ONE, FIVE, OTHER, THREE), NOW);
    }
    var overtaken =
        new AttemptCounter(
            new AttemptCountsWithRival(
                counts, () -> counter.count(Map.of(ONE, FIVE, OTHER, THREE), NOW)));

    assertThat(overtaken.count(Map.of(ONE, FIVE, OTHER, THREE), NOW)).isEqualTo(ofSeconds(1));

    assertThat(counts.find(List.of(ONE, OTHER)))
        .containsEntry(ONE, new AttemptCount(4, NOW))
        .containsEntry(OTHER, new AttemptCount(4, NOW));
  }

  /** Somebody else is faster each time. */
  private record AttemptCountsWithRival(AttemptCounts counts, Supplier<Duration> rival)
      implements AttemptCounts {

    @Override
    public Map<AttemptKey, AttemptCount> find(Collection<AttemptKey> keys) {
      return counts.find(keys);
    }

    @Override
    public boolean replace(AttemptKey key, Optional<AttemptCount> expected, AttemptCount count) {
      var _ = rival.get();
      return counts.replace(key, expected, count);
    }

    @Override
    public void clear(Collection<AttemptKey> keys) {
      counts.clear(keys);
    }

    @Override
    public int deleteUnchangedSince(Instant time, int closing, int limit) {
      return counts.deleteUnchangedSince(time, closing, limit);
    }
  }
}
