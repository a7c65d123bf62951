package dev.latchkey.bootstrap.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collection;

/**
 * Spans in the JSON encoding of OTLP: ids in hexadecimal, enums as numbers, whole numbers of 64
 * bits as strings (OTLP 1.0, JSON Protobuf Encoding).
 */
final class OtlpJson {

  private static final JsonMapper JSON = new JsonMapper();

  /** Of the enums of the protocol: the kind of all spans here, and the status of each. */
  private static final int SERVER = 2;

  private static final int UNSET = 0;
  private static final int ERROR = 2;

  private OtlpJson() {}

  /**
   * @param spans of one resource and one scope, as all are that this service makes; at least one
   */
  static byte[] of(Collection<SpanData> spans) {
    ObjectNode root = JSON.createObjectNode();
    SpanData any = spans.iterator().next();
    ObjectNode resource = root.putArray("resourceSpans").addObject();
    attributes(resource.putObject("resource"), any.getResource().getAttributes());
    ObjectNode scope = resource.putArray("scopeSpans").addObject();
    scope.putObject("scope").put("name", any.getInstrumentationScopeInfo().getName());
    ArrayNode list = scope.putArray("spans");
    spans.forEach(span -> span(list.addObject(), span));
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void span(ObjectNode json, SpanData span) {
    json.put("traceId", span.getTraceId());
    json.put("spanId", span.getSpanId());
    if (span.getParentSpanContext().isValid()) {
      json.put("parentSpanId", span.getParentSpanId());
    }
    json.put("name", span.getName());
    json.put("kind", SERVER);
    json.put("startTimeUnixNano", Long.toString(span.getStartEpochNanos()));
    json.put("endTimeUnixNano", Long.toString(span.getEndEpochNanos()));
    attributes(json, span.getAttributes());
    json.putObject("status")
        .put("code", span.getStatus().getStatusCode() == StatusCode.ERROR ? ERROR : UNSET);
  }

  private static void attributes(ObjectNode json, Attributes attributes) {
    ArrayNode list = json.putArray("attributes");
    attributes.forEach(
        (key, value) -> {
          ObjectNode attribute = list.addObject();
          attribute.put("key", key.getKey());
          ObjectNode typed = attribute.putObject("value");
          if (value instanceof Long number) {
            typed.put("intValue", number.toString());
          } else {
            typed.put("stringValue", value.toString());
          }
        });
  }
}
