package dev.latchkey.bootstrap.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;

/**
 * Makes spans and has them sent in the background, some seconds later and many at a time. If they
 * come faster than they leave, those that are too many are lost: no request waits for a span.
 */
final class Traces implements AutoCloseable {

  private static final String NAME = "dev.latchkey";

  /** How long the stop of the service waits for the last spans. */
  private static final long LAST_SPANS_SECONDS = 2;

  private final SdkTracerProvider provider;

  private Traces(SdkTracerProvider provider) {
    this.provider = provider;
  }

  /** Of a trace that its caller does not record, nothing is recorded here. */
  static Traces sentTo(SpanExporter exporter) {
    return new Traces(
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(Attributes.builder().put("service.name", "latchkey").build()))
            .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build());
  }

  Tracer tracer() {
    return provider.get(NAME);
  }

  @Override
  public void close() {
    var _ = provider.shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
  }
}
