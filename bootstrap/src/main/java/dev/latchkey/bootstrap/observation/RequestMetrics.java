package dev.latchkey.bootstrap.observation;

import dev.latchkey.adapters.web.overload.RequestsInProgress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;

/** How close the service is to refusing requests, and how many it has refused. */
@Context
final class RequestMetrics {

  RequestMetrics(RequestsInProgress requests, MeterRegistry registry) {
    var _ =
        registry.gauge("latchkey.requests.in.progress", requests, RequestsInProgress::inProgress);
    var _ = registry.gauge("latchkey.requests.waiting", requests, RequestsInProgress::waiting);
    var _ =
        FunctionCounter.builder("latchkey.requests.refused", requests, RequestsInProgress::refused)
            .register(registry);
  }
}
