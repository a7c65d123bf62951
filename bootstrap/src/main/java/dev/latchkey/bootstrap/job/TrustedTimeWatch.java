package dev.latchkey.bootstrap.job;

import dev.latchkey.adapters.persistence.clock.DatabaseClock;
import dev.latchkey.application.port.out.TrustedTime;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in an event, once per change, and in metrics whether the time can be relied on for what
 * cannot be undone.
 */
@Context
@Requires(notEnv = ServiceContext.COMMAND)
@Requires(beans = DatabaseClock.class)
final class TrustedTimeWatch {

  private static final Logger LOG = LoggerFactory.getLogger(TrustedTimeWatch.class);

  private final TrustedTime time;
  private final Supplier<Duration> difference;
  private final InstantSource clock;
  private final SecurityEvents events;
  private boolean trusted = true;

  @Inject
  TrustedTimeWatch(DatabaseClock clock, SecurityEvents events, MeterRegistry registry) {
    this(clock, clock::difference, clock, events, registry);
  }

  /**
   * @param difference by how much the database's clock is ahead of the machine's
   */
  TrustedTimeWatch(
      TrustedTime time,
      Supplier<Duration> difference,
      InstantSource clock,
      SecurityEvents events,
      MeterRegistry registry) {
    this.time = time;
    this.difference = difference;
    this.clock = clock;
    this.events = events;
    var _ =
        registry.gauge(
            "latchkey.clock.trusted", this, watch -> watch.time.now().isPresent() ? 1 : 0);
    var _ =
        registry.gauge(
            "latchkey.clock.difference.seconds", this, watch -> watch.difference.get().toSeconds());
  }

  @Scheduled(initialDelay = "10s", fixedDelay = "10s")
  void look() {
    boolean before = trusted;
    trusted = time.now().isPresent();
    if (before && !trusted) {
      LOG.warn(
          "The time cannot be relied on, so nothing is deleted and no signing key is erased or"
              + " added: the database's clock was set within the last hour, or differs from this"
              + " machine's by more than that; now by {} s",
          difference.get().toSeconds());
      events.publish(new SecurityEvent.TimeDistrusted(clock.instant()));
    } else if (!before && trusted) {
      LOG.info("The time can be relied on again");
      events.publish(new SecurityEvent.TimeTrustedAgain(clock.instant()));
    }
  }
}
