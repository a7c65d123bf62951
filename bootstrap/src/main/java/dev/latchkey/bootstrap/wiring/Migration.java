package dev.latchkey.bootstrap.wiring;

import dev.latchkey.adapters.persistence.schema.Schema;
import io.micronaut.context.ApplicationContext;
import java.util.Map;

/**
 * Migrates the database without starting the service, for operators who keep {@code
 * latchkey.migration.enabled} false.
 */
public final class Migration {

  private Migration() {}

  /**
   * Brings the schema to what this version needs, whatever {@code latchkey.migration.enabled} says.
   * A service of the version before goes on meanwhile.
   *
   * @param storage the settings that follow from the choice of storage
   * @return what has been done
   * @throws RuntimeException if it cannot be done; {@code StartupFailure} has a sentence for it
   */
  public static Schema.Migrated run(Map<String, Object> storage) {
    try (ApplicationContext settings = ServiceContext.builder().properties(storage).build()) {
      return Schema.of(settings.getEnvironment().start()).migrate();
    }
  }
}
