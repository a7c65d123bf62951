package dev.latchkey.adapters.web.memory;

import dev.latchkey.adapters.security.key.MasterKeys;
import io.micronaut.runtime.server.EmbeddedServer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs the service on tables in memory, for people who want to try it or to read it with a
 * debugger: the whole HTTP interface, ready in a second, and nothing is kept. Jobs, commands,
 * metrics and health are those of the real service alone.
 */
public final class LatchkeyInMemory {

  private LatchkeyInMemory() {}

  /** Runs until it is asked to stop. */
  @SuppressWarnings("SystemOut") // the banner is for the person at the terminal, not for the log
  public static void main(String[] args) {
    EmbeddedServer server = start(Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    System.out.println(bannerFor(server));
  }

  /**
   * @param settings that differ from those of {@code application.yml}
   */
  static EmbeddedServer start(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("latchkey.master-key", MasterKeys.generate(new SecureRandom()).revealSetting());
    return new InMemoryStorage().startNode(all);
  }

  static String bannerFor(EmbeddedServer server) {
    String address = server.getScheme() + "://" + server.getHost() + ":" + server.getPort();
    return """

    Latchkey is running IN MEMORY, for learning: nothing is kept. When it stops, all accounts,
    sessions and keys are gone.
      API         %s/api
      Pages       %s/
      Swagger UI  %s/swagger-ui
      Stop        Ctrl-C
    """
        .formatted(address, address, address);
  }
}
