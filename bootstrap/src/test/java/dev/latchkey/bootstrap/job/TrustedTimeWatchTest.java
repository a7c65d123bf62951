package dev.latchkey.bootstrap.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.testkit.FakeTrustedTime;
import dev.latchkey.testkit.RecordedSecurityEvents;
import dev.latchkey.testkit.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TrustedTimeWatchTest {

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeTrustedTime time = new FakeTrustedTime(clock);
  private final RecordedSecurityEvents events = new RecordedSecurityEvents();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TrustedTimeWatch watch =
      new TrustedTimeWatch(time, () -> Duration.ofMinutes(-3), clock, events, meters);

  @Test
  void saysEachChangeOnce() {
    watch.look();
    assertThat(events.all()).isEmpty();

    time.distrust();
    watch.look();
    watch.look();
    assertThat(events.all()).hasExactlyElementsOfTypes(SecurityEvent.TimeDistrusted.class);

    time.trust();
    watch.look();
    watch.look();
    assertThat(events.all())
        .hasExactlyElementsOfTypes(
            SecurityEvent.TimeDistrusted.class, SecurityEvent.TimeTrustedAgain.class);
  }

  @Test
  void measuresTrustAndDifference() {
    assertThat(gauge("latchkey.clock.trusted")).isEqualTo(1);
    assertThat(gauge("latchkey.clock.difference.seconds")).isEqualTo(-180);

    time.distrust();
    assertThat(gauge("latchkey.clock.trusted")).isZero();
  }

  private double gauge(String name) {
    return meters.get(name).gauge().value();
  }
}
