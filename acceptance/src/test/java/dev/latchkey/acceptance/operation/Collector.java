package dev.latchkey.acceptance.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** An OpenTelemetry collector, which takes spans by OTLP over HTTP in JSON. */
final class Collector implements AutoCloseable {

  private final HttpServer server;
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  private Collector(HttpServer server) {
    this.server = server;
  }

  static Collector start() throws IOException {
    var collector =
        new Collector(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    collector.server.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            collector.bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    collector.server.start();
    return collector;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All that was received, as it was sent. */
  List<String> bodies() {
    return bodies;
  }

  List<JsonNode> spans() {
    return bodies.stream().flatMap(Collector::spans).toList();
  }

  private static Stream<JsonNode> spans(String body) {
    try {
      return new JsonMapper()
          .readTree(body)
          .at("/resourceSpans/0/scopeSpans/0/spans")
          .valueStream();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of an attribute of a span; empty if it has none. */
  static String attribute(JsonNode span, String key) {
    return span.path("attributes")
        .valueStream()
        .filter(attribute -> attribute.path("key").asText().equals(key))
        .map(Collector::valueOf)
        .findFirst()
        .orElse("");
  }

  private static String valueOf(JsonNode attribute) {
    return attribute.path("value").valueStream().findFirst().map(JsonNode::asText).orElse("");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
