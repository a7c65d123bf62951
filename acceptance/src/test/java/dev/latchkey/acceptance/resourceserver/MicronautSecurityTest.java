package dev.latchkey.acceptance.resourceserver;

import dev.latchkey.acceptance.resourceserver.micronaut.MicronautServer;
import java.io.IOException;

final class MicronautSecurityTest extends ResourceServerTest {

  @Override
  Running start(Latchkey latchkey) throws IOException {
    MicronautServer server = MicronautServer.start(latchkey.settings());
    return new Running(server.address(), server);
  }
}
