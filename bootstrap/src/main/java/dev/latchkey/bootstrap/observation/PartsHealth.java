package dev.latchkey.bootstrap.observation;

import dev.latchkey.adapters.web.management.OnlyWithManagementPort;
import dev.latchkey.application.port.in.mail.MeasureMailBacklog.Backlog;
import dev.latchkey.application.port.out.TrustedTime;
import io.micronaut.context.annotation.Factory;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * What can be in trouble while the node serves nevertheless, for the details of health: such a part
 * is DEGRADED, and the node stays ready. The thresholds are those of the alerts.
 */
@Factory
@OnlyWithManagementPort
final class PartsHealth {

  /** Above that of UNKNOWN, which has none. */
  private static final int SEVERITY = 500;

  /**
   * The framework takes the worst of all: first what is not operational, last what is. This is in
   * between, so it is said to be neither.
   */
  private static final HealthStatus DEGRADED =
      new HealthStatus("DEGRADED", "serves, but somebody should look", null, SEVERITY);

  private static final Duration LATE_MAIL = Duration.ofMinutes(10);
  private static final Duration OVERDUE_KEY = Duration.ofHours(-1);

  @Singleton
  HealthIndicator mailHealth(MailBacklog mails) {
    return indicator(
        () -> {
          Backlog backlog = mails.latest();
          return result(
              "mail",
              backlog.lag().compareTo(LATE_MAIL) < 0,
              Map.of("waiting", backlog.waiting(), "lagSeconds", backlog.lag().toSeconds()));
        });
  }

  @Singleton
  HealthIndicator clockHealth(TrustedTime time) {
    return indicator(() -> result("clock", time.now().isPresent(), Map.of()));
  }

  @Singleton
  HealthIndicator signingKeyHealth(SigningKeyTimes times) {
    return indicator(
        () -> {
          Optional<Duration> rest = times.rest();
          return result(
              "signingKey",
              rest.isPresent() && rest.get().compareTo(OVERDUE_KEY) > 0,
              rest.<Map<String, Object>>map(left -> Map.of("secondsUntilNext", left.toSeconds()))
                  .orElse(Map.of()));
        });
  }

  private static HealthIndicator indicator(Supplier<HealthResult> result) {
    return () -> Mono.fromSupplier(result);
  }

  private static HealthResult result(String part, boolean fine, Map<String, Object> details) {
    return HealthResult.builder(part, fine ? HealthStatus.UP : DEGRADED).details(details).build();
  }
}
