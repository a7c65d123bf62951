package dev.latchkey.adapters.web.management;

import io.micronaut.health.HealthStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.health.indicator.HealthCheckType;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import reactor.core.publisher.Mono;

/**
 * Whether the service is up and ready, for the load balancer, which reaches the port of the service
 * and need not reach the other one. It learns nothing but that.
 */
@Controller("/health")
@OnlyWithManagementPort
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
final class ProbeController {

  private final HealthEndpoint health;

  ProbeController(HealthEndpoint health) {
    this.health = health;
  }

  @Get("/liveness")
  Mono<HealthResult> liveness() {
    return statusOf(HealthCheckType.LIVENESS);
  }

  @Get("/readiness")
  Mono<HealthResult> readiness() {
    return statusOf(HealthCheckType.READINESS);
  }

  /** What is in trouble and serves nevertheless is up. */
  private Mono<HealthResult> statusOf(HealthCheckType check) {
    return Mono.from(health.getHealth(null, check))
        .map(HealthResult::getStatus)
        .map(status -> status.getOperational().orElse(true) ? HealthStatus.UP : HealthStatus.DOWN)
        .map(status -> HealthResult.builder(null, status).build());
  }
}
