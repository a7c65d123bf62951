package dev.latchkey.bootstrap.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An OpenTelemetry collector: takes what is sent to it, or does not. */
final class Collector implements AutoCloseable {

  private final HttpServer server;
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  private Collector(HttpServer server) {
    this.server = server;
  }

  static Collector start() throws IOException {
    var collector =
        new Collector(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    collector.server.createContext("/", collector::take);
    collector.server.start();
    return collector;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known =
          exchange.getRequestMethod().equals("POST")
              && exchange.getRequestURI().toString().equals("/v1/traces")
              && "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
      received.add(new JsonMapper().readTree(exchange.getRequestBody()));
      exchange.sendResponseHeaders(known ? status : 404, -1);
    }
  }

  void answersWith(int code) {
    status = code;
  }

  /** The spans of all that was received. */
  List<JsonNode> spans() {
    return received.stream()
        .flatMap(export -> export.at("/resourceSpans/0/scopeSpans/0/spans").valueStream())
        .toList();
  }

  List<JsonNode> received() {
    return received;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
