package dev.latchkey.sample;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.resourceserver.ResourceServer;
import dev.latchkey.resourceserver.ResourceServer.WhenStale;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/** The sample of the kit for Java, with its settings from the environment. */
final class JavaSample {

  private JavaSample() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, String> environment = System.getenv();
    int port = Integer.parseInt(environment.getOrDefault("PORT", "8090"));
    ResourceServer.Builder settings =
        ResourceServer.builder(environment.getOrDefault("LATCHKEY_ISSUER", "http://localhost:8080"))
            .endedSessions(
                Duration.ofSeconds(
                    Long.parseLong(environment.getOrDefault("LATCHKEY_FEED_MAX_AGE", "60"))),
                WhenStale.valueOf(
                    environment
                        .getOrDefault("LATCHKEY_FEED_STALE", "refuse")
                        .toUpperCase(Locale.ROOT)));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/reports", new Reports(settings.start()));
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    System.out.println("listening on " + port);
  }
}
