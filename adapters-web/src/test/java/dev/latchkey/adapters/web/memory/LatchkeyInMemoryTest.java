package dev.latchkey.adapters.web.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.TestTls;
import dev.latchkey.adapters.web.http.Tokens;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LatchkeyInMemoryTest {

  @Test
  void isKnownByAnHttpsAddressByDefaultIfItHasACertificate(@TempDir Path folder) throws Exception {
    var _ = TestTls.authorityOfAll().issue().writeTo(folder);
    var settings = new HashMap<>(TestTls.settings(folder));
    settings.put("micronaut.server.port", "-1");

    try (EmbeddedServer server = LatchkeyInMemory.start(settings)) {
      assertThat(LatchkeyInMemory.bannerFor(server))
          .contains("https://localhost:" + server.getPort() + "/api");
      assertThat(
              new Client(server.getURI())
                  .get("/.well-known/oauth-authorization-server")
                  .hasStatus(200)
                  .text("/issuer"))
          .startsWith("https://localhost:");
    }
  }

  @Test
  void servesWithTheDefaultSettingsAndForgetsEverything() {
    Tokens tokens;
    try (EmbeddedServer server = LatchkeyInMemory.start(Map.of("micronaut.server.port", "-1"))) {
      assertThat(LatchkeyInMemory.bannerFor(server))
          .contains("nothing is kept", server.getURI() + "/swagger-ui");
      tokens = new Client(server.getURI()).newcomer();
      new Client(server.getURI()).refresh(tokens.refresh()).hasStatus(200);
    }

    try (EmbeddedServer server = LatchkeyInMemory.start(Map.of("micronaut.server.port", "-1"))) {
      new Client(server.getURI()).refresh(tokens.refresh()).isProblem(401, "invalid_refresh_token");
      new Client(server.getURI()).me(tokens.access()).isProblem(401, "invalid_access_token");
    }
  }
}
