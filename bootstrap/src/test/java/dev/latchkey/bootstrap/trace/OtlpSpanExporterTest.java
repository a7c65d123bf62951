package dev.latchkey.bootstrap.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
final class OtlpSpanExporterTest {

  @Test
  void sendsSpansInTheJsonOfTheProtocol() throws IOException {
    try (Collector collector = Collector.start()) {
      try (Traces traces =
          Traces.sentTo(OtlpSpanExporter.to(URI.create(collector.address() + "/")))) {
        Span span = span(traces);
        var _ = span.setAttribute("http.request.method", "GET");
        var _ = span.setAttribute("http.response.status_code", 503);
        var _ = span.setStatus(StatusCode.ERROR);
        span.end();
      }

      assertThat(collector.received()).hasSize(1);
      JsonNode resource = collector.received().getFirst().at("/resourceSpans/0");
      assertThat(resource.at("/resource/attributes").toString())
          .isEqualTo("[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"latchkey\"}}]");
      assertThat(resource.at("/scopeSpans/0/scope/name").asText()).isEqualTo("dev.latchkey");
      JsonNode span = collector.spans().getFirst();
      assertThat(span.path("traceId").asText()).matches("[0-9a-f]{32}");
      assertThat(span.path("spanId").asText()).matches("[0-9a-f]{16}");
      assertThat(span.has("parentSpanId")).isFalse();
      assertThat(span.path("name").asText()).isEqualTo("GET");
      assertThat(span.path("kind").asInt()).isEqualTo(2);
      assertThat(span.path("startTimeUnixNano").asText()).matches("[0-9]{19}");
      assertThat(span.path("endTimeUnixNano").asText()).matches("[0-9]{19}");
      assertThat(span.at("/status/code").asInt()).isEqualTo(2);
      assertThat(span.path("attributes"))
          .extracting(JsonNode::toString)
          .containsExactlyInAnyOrder(
              "{\"key\":\"http.request.method\",\"value\":{\"stringValue\":\"GET\"}}",
              "{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"503\"}}");
    }
  }

  @Test
  void saysOnceThatTheCollectorTakesNothingAndOnceThatItDoesAgain() throws IOException {
    try (Collector collector = Collector.start();
        Traces traces = Traces.sentTo(OtlpSpanExporter.to(URI.create(collector.address())))) {
      OtlpSpanExporter exporter = OtlpSpanExporter.to(URI.create(collector.address()));
      List<SpanData> spans = List.of(((ReadableSpan) span(traces)).toSpanData());

      List<String> lines =
          linesDuring(
              () -> {
                for (int status : new int[] {200, 503, 503, 404, 200, 200}) {
                  collector.answersWith(status);
                  boolean taken = exporter.export(spans).join(30, TimeUnit.SECONDS).isSuccess();
                  assertThat(taken).isEqualTo(status == 200);
                }
              });

      assertThat(lines)
          .containsExactly(
              "WARN Spans are lost, the collector at "
                  + collector.address()
                  + "/v1/traces does not take them: status 503",
              "INFO The collector takes spans again");
    }
  }

  @Test
  void saysOnceThatThereIsNoCollector() throws IOException {
    OtlpSpanExporter exporter =
        OtlpSpanExporter.to(URI.create("http://127.0.0.1:" + portOfNobody()));
    try (Traces traces = Traces.sentTo(exporter)) {
      List<SpanData> spans = List.of(((ReadableSpan) span(traces)).toSpanData());

      List<String> lines =
          linesDuring(
              () -> {
                for (int i = 0; i < 3; i++) {
                  var sent = exporter.export(spans).join(30, TimeUnit.SECONDS);
                  assertThat(sent.isSuccess()).isFalse();
                }
              });

      assertThat(lines).hasSize(1).first().asString().contains("ConnectException");
    }
  }

  /** Its answer would be waited for much longer than the test may last. */
  @Test
  @Timeout(20)
  void aCollectorThatNeverAnswersHoldsNobodyUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      try (Traces traces =
          Traces.sentTo(
              OtlpSpanExporter.to(URI.create("http://127.0.0.1:" + silent.getLocalPort())))) {
        for (int i = 0; i < 100_000; i++) {
          span(traces).end();
        }
      }

      try (Socket asked = silent.accept()) {
        byte[] first = asked.getInputStream().readNBytes("POST /v1/traces".length());
        assertThat(new String(first, US_ASCII)).isEqualTo("POST /v1/traces");
      }
    }
  }

  private static Span span(Traces traces) {
    return traces.tracer().spanBuilder("GET").setSpanKind(SpanKind.SERVER).startSpan();
  }

  private static List<String> linesDuring(Runnable action) {
    var logger = (Logger) LoggerFactory.getLogger(OtlpSpanExporter.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    try {
      action.run();
    } finally {
      logger.detachAppender(lines);
    }
    return lines.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
