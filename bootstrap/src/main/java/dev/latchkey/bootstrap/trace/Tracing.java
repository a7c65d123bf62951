package dev.latchkey.bootstrap.trace;

import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.ObservationSettings;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;

/** Begins to trace at start, if a collector is named. */
@Factory
@Requires(property = ObservationSettings.COLLECTOR, pattern = "\\s*\\S.*")
@Requires(notEnv = ServiceContext.COMMAND)
final class Tracing {

  @Context
  @Bean(preDestroy = "close")
  Traces traces(LatchkeySettings settings) {
    return Traces.sentTo(OtlpSpanExporter.to(settings.observation().collector().orElseThrow()));
  }
}
