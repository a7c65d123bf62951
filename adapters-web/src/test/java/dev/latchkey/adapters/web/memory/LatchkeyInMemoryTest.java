package dev.latchkey.adapters.web.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Tokens;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LatchkeyInMemoryTest {

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
