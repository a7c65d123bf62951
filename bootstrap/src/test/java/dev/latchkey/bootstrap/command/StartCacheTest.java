package dev.latchkey.bootstrap.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.DataDirectoryInUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartCacheTest {

  @TempDir private Path folder;

  @Test
  void rehearsesOnADatabaseOfItsOwnAndKnowsNoSettingOfTheService() {
    var environment =
        new HashMap<>(
            Map.of(
                "PATH", "/bin",
                "DATASOURCES_DEFAULT_URL", "jdbc:postgresql://db.example.org/latchkey",
                "LATCHKEY_MASTER_KEY", "secret",
                "LATCHKEY_DATA_DIR", "/var/lib/latchkey",
                "MICRONAUT_CONFIG_FILES", "/etc/latchkey.yml",
                "JAVA_TOOL_OPTIONS", "-Dlatchkey.data-dir=/var/lib/latchkey"));

    new StartCache(Object.class, folder.resolve("cache")).settings(environment, 1234);

    assertThat(environment)
        .containsOnlyKeys(
            "PATH", "LATCHKEY_DATA_DIR", "MICRONAUT_SERVER_HOST", "MICRONAUT_SERVER_PORT")
        .containsEntry("LATCHKEY_DATA_DIR", folder.resolve("cache.rehearsal/data").toString());
  }

  @Test
  void leavesAnUnfinishedOneToTheProcessThatMakesIt() throws IOException {
    Path rehearsal = folder.resolve("cache.rehearsal");
    try (DataDirectory _ = DataDirectory.open(rehearsal)) {
      assertThatThrownBy(() -> new StartCache(Object.class, folder.resolve("cache")).build())
          .isInstanceOf(DataDirectoryInUseException.class);

      assertThat(rehearsal.resolve("lock")).exists();
    }
    assertThat(Files.exists(folder.resolve("cache"))).isFalse();
  }
}
