package dev.latchkey.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process with the sample of a kit: it has the call {@code GET /reports} for the role {@code
 * auditor}, and says {@code listening on PORT} when it is ready.
 */
final class Sample implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;
  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Sample(Process process, Path log, URI address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  /**
   * @param maxAge how old knowledge of ended sessions may be
   * @param stale {@code refuse} or {@code accept}
   */
  static Sample start(List<String> command, Issuer issuer, Duration maxAge, String stale)
      throws IOException, InterruptedException {
    int port = freePort();
    Path log = Files.createTempFile(Path.of("target"), "sample-", ".log");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "LATCHKEY_ISSUER", issuer.name(),
                "PORT", Integer.toString(port),
                "LATCHKEY_FEED_MAX_AGE", Long.toString(maxAge.toSeconds()),
                "LATCHKEY_FEED_STALE", stale));
    Process process = builder.start();
    var sample = new Sample(process, log, URI.create("http://localhost:" + port));
    try {
      Poll.until(() -> sample.says("listening on " + port));
    } catch (AssertionError | RuntimeException e) {
      sample.close();
      throw new AssertionError("The sample did not start: " + Files.readString(log), e);
    }
    return sample;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean says(String words) throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("It has ended.");
    }
    return Files.readString(log).contains(words);
  }

  URI address() {
    return address;
  }

  /** Calls {@code GET} there, with these headers: name, value, name, value. */
  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
