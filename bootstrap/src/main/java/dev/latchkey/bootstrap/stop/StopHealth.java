package dev.latchkey.bootstrap.stop;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** A node that stops is not ready: whoever spreads the load sends no more of it. */
@Singleton
@Readiness
final class StopHealth implements HealthIndicator {

  private volatile boolean stopping;

  void stops() {
    stopping = true;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Mono.just(
        HealthResult.builder("stop", stopping ? HealthStatus.DOWN : HealthStatus.UP).build());
  }
}
