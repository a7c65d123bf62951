package dev.latchkey.acceptance.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.adapters.web.http.Client;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Stands between a client and the service: what the client sends arrives, what the service answers
 * does not. By the time an answer is lost the service has given it, so the exchange is committed.
 */
final class LossyProxy implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final URI service;
  private final Runnable atTheFirstByte;

  private LossyProxy(URI service, Runnable atTheFirstByte) throws IOException {
    this.service = service;
    this.atTheFirstByte = atTheFirstByte;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::forward);
    server.start();
  }

  static LossyProxy before(URI service) throws IOException {
    return new LossyProxy(service, () -> {});
  }

  /**
   * @param atTheFirstByte is done when an answer begins to arrive
   */
  static LossyProxy before(URI service, Runnable atTheFirstByte) throws IOException {
    return new LossyProxy(service, atTheFirstByte);
  }

  /** A client that never hears anything. */
  Client client() {
    return new Client(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  /** The refresh token in the answer that was lost, the oldest first; waits for it. */
  String lostRefreshToken() throws InterruptedException, IOException {
    return new JsonMapper().readTree(lost.take()).at("/refreshToken").asText();
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = exchange.getRequestBody()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(service.resolve(exchange.getRequestURI()))
              .header("Content-Type", "application/json")
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body.readAllBytes()));
      List<String> keys = exchange.getRequestHeaders().getOrDefault("Idempotency-Key", List.of());
      keys.forEach(key -> request.header("Idempotency-Key", key));
      HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
      atTheFirstByte.run();
      lost.add(new String(answer.body().readAllBytes(), UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
