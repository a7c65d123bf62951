package dev.latchkey.bootstrap.wiring;

import dev.latchkey.bootstrap.log.ServiceLog;
import dev.latchkey.bootstrap.settings.InvalidSettingsException;
import dev.latchkey.bootstrap.settings.LatchkeySettings;
import dev.latchkey.bootstrap.settings.StorageSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import java.util.Map;

/** Everything but the HTTP server: the settings, the adapters and the use cases, constructed. */
public final class ServiceContext {

  /** The environment while a command runs: what belongs to a service alone is left out. */
  public static final String COMMAND = "command";

  private ServiceContext() {}

  /**
   * The settings, before anything is constructed. From now on the log is as they want it.
   *
   * @throws InvalidSettingsException if there is any mistake, with all of them
   */
  public static LatchkeySettings settings() {
    try (ApplicationContext notStarted = builder().build();
        Environment environment = notStarted.getEnvironment().start()) {
      LatchkeySettings settings = LatchkeySettings.readStrictly(environment);
      ServiceLog.configure(settings.observation().logFormat(), settings.observation().logLevel());
      return settings;
    }
  }

  /**
   * @param storage the settings that follow from the choice of storage
   * @throws RuntimeException if a setting is wrong, or the storage cannot be used
   */
  public static ApplicationContext on(Storage storage) {
    return builder().properties(storage.properties()).start();
  }

  /**
   * The same for one command: without jobs, and without migrations, which a running service may not
   * expect.
   */
  public static ApplicationContext forCommandOn(Storage storage) {
    return builder()
        .environments(COMMAND)
        .properties(storage.properties())
        .properties(Map.of(StorageSettings.MIGRATES, false))
        .start();
  }

  static ApplicationContextBuilder builder() {
    return ApplicationContext.builder().banner(false).deduceEnvironment(false);
  }
}
