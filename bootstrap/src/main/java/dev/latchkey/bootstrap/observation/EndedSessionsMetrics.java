package dev.latchkey.bootstrap.observation;

import dev.latchkey.adapters.web.ended.HeldRequests;
import dev.latchkey.application.port.in.session.MeasureEndedSessions;
import dev.latchkey.application.port.in.session.MeasureEndedSessions.Measure;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import java.util.function.ToDoubleFunction;

/** What is known of the feed of ended sessions, read when it is scraped. */
@Context
final class EndedSessionsMetrics {

  EndedSessionsMetrics(
      MeasureEndedSessions measureEndedSessions, HeldRequests held, MeterRegistry registry) {
    gauge(registry, "latchkey.ended.sessions.named", measureEndedSessions, Measure::named);
    gauge(
        registry,
        "latchkey.ended.sessions.age.seconds",
        measureEndedSessions,
        measure -> measure.age().toMillis() / 1000.0);
    FunctionCounter.builder(
            "latchkey.ended.sessions.signed",
            measureEndedSessions,
            measure -> measure.execute().signed())
        .register(registry);
    var _ = registry.gauge("latchkey.ended.sessions.held", held, HeldRequests::count);
  }

  private static void gauge(
      MeterRegistry registry,
      String name,
      MeasureEndedSessions feed,
      ToDoubleFunction<Measure> value) {
    var _ = registry.gauge(name, feed, it -> value.applyAsDouble(it.execute()));
  }
}
