package dev.latchkey.bootstrap.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans by OTLP over HTTP, as JSON (OTLP 1.0, OTLP/HTTP). What a collector does not take is
 * lost, and the log says so once, and once when it takes them again.
 */
final class OtlpSpanExporter implements SpanExporter {

  private static final Logger LOG = LoggerFactory.getLogger(OtlpSpanExporter.class);

  /** Below the address that is configured, as other exporters have it. */
  private static final String TRACES = "/v1/traces";

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final URI traces;
  private final HttpClient http;
  private boolean failed;

  private OtlpSpanExporter(URI traces) {
    this.traces = traces;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
  }

  /**
   * @param collector its address, with a path if it has one
   */
  static OtlpSpanExporter to(URI collector) {
    return new OtlpSpanExporter(URI.create(collector.toString().replaceFirst("/+$", "") + TRACES));
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    var result = new CompletableResultCode();
    HttpRequest request =
        HttpRequest.newBuilder(traces)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(OtlpJson.of(spans)))
            .build();
    var _ =
        http.sendAsync(request, BodyHandlers.discarding())
            .whenComplete(
                (answer, failure) -> {
                  String refusal = refusal(answer, failure);
                  if (refusal == null) {
                    succeeded();
                    var _ = result.succeed();
                  } else {
                    failed(refusal);
                    var _ = result.fail();
                  }
                });
    return result;
  }

  /** Why the spans did not arrive; null if they did. */
  private static @Nullable String refusal(
      @Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
    if (answer == null) {
      return failure == null || failure.getCause() == null
          ? String.valueOf(failure)
          : failure.getCause().toString();
    }
    return answer.statusCode() / 100 == 2 ? null : "status " + answer.statusCode();
  }

  private synchronized void failed(String reason) {
    if (!failed) {
      LOG.warn("Spans are lost, the collector at {} does not take them: {}", traces, reason);
    }
    failed = true;
  }

  private synchronized void succeeded() {
    if (failed) {
      LOG.info("The collector takes spans again");
    }
    failed = false;
  }

  @Override
  public CompletableResultCode flush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    http.shutdownNow();
    return CompletableResultCode.ofSuccess();
  }
}
