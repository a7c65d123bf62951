package dev.latchkey.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SeenProofsTest {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final SeenProofs seen = new SeenProofs(WINDOW, 3, nanoTime::get);

  @Test
  void anIdIsNewOnceForEachKey() {
    assertThat(seen.isNew("key", "a")).isTrue();
    assertThat(seen.isNew("key", "a")).isFalse();
    assertThat(seen.isNew("key", "b")).isTrue();
    assertThat(seen.isNew("another key", "a")).isTrue();
  }

  /** A proof that is a window ahead of the time here is accepted until a window after its own. */
  @Test
  void anIdIsRememberedForAsLongAsItsProofCouldBeAccepted() {
    assertThat(seen.isNew("key", "a")).isTrue();

    nanoTime.addAndGet(WINDOW.multipliedBy(2).toNanos());
    assertThat(seen.isNew("key", "a")).isFalse();
    nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(seen.isNew("key", "a")).isTrue();
  }

  @Test
  void beyondItsNumberTheOldestIsForgottenFirst() {
    for (String id : new String[] {"a", "b", "c", "d"}) {
      assertThat(seen.isNew("key", id)).isTrue();
    }

    for (String id : new String[] {"b", "c", "d", "b"}) {
      assertThat(seen.isNew("key", id)).isFalse(); // nothing is forgotten for what is not new
    }
    assertThat(seen.isNew("key", "a")).isTrue();
  }
}
