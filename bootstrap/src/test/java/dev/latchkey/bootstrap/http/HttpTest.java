package dev.latchkey.bootstrap.http;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/** Runs against the whole service. */
@MicronautTest(transactional = false, contextBuilder = TestDatabase.class)
abstract class HttpTest {

  @Inject EmbeddedServer server;
  @Inject AdjustableClock clock;
  Client client;

  @BeforeEach
  void connect() {
    clock.reset();
    client = new Client(server.getURI());
  }
}
