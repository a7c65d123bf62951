package dev.latchkey.bootstrap.wiring;

import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;

/** Everything but the HTTP server: the settings, the adapters and the use cases, constructed. */
public final class ServiceContext {

  /** Set while a command runs: what belongs to a service alone is left out, such as its jobs. */
  public static final String COMMAND = "latchkey.command";

  private ServiceContext() {}

  /**
   * @param storage the settings that follow from the choice of storage
   * @throws RuntimeException if a setting is wrong, or the storage cannot be used
   */
  public static ApplicationContext on(Map<String, Object> storage) {
    return ApplicationContext.builder()
        .banner(false)
        .deduceEnvironment(false)
        .properties(storage)
        .start();
  }

  /**
   * The same for one command: without jobs, and without migrations, which a running service may not
   * expect.
   */
  public static ApplicationContext forCommandOn(Map<String, Object> storage) {
    var properties = new HashMap<>(storage);
    properties.put(COMMAND, true);
    properties.put("flyway.datasources.default.enabled", false);
    return on(properties);
  }
}
