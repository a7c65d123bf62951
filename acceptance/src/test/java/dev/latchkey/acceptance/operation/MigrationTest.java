package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.persistence.schema.Schema;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.bootstrap.wiring.Migration;
import io.micronaut.context.ApplicationContext;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The database of operators who do not let the service migrate it. */
final class MigrationTest {

  @Test
  void isMigratedOnceAndThenServed() throws SQLException {
    try (TestSchema schema = TestSchema.create("migrated_apart")) {
      Map<String, Object> storage = new HashMap<>(TestDatabase.settings());
      storage.put("datasources.default.url", schema.url());
      storage.put("latchkey.master-key", Node.masterKey());
      storage.put("latchkey.migration.enabled", false);

      Schema.Migrated first = Migration.run(storage);
      Schema.Migrated second = Migration.run(storage);

      assertThat(first.executed()).isPositive();
      assertThat(second).isEqualTo(new Schema.Migrated(0, first.version()));
      try (ApplicationContext service =
          ApplicationContext.builder(storage).deduceEnvironment(false).start()) {
        assertThat(service.isRunning()).isTrue();
      }
    }
  }
}
