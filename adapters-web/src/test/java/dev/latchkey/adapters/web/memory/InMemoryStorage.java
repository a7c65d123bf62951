package dev.latchkey.adapters.web.memory;

import dev.latchkey.adapters.web.http.AdjustableClock;
import dev.latchkey.adapters.web.http.TestStorage;
import dev.latchkey.application.port.in.key.PrepareSigningKeys;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.testkit.InMemoryStore;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.server.EmbeddedServer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Tables in memory; everything else as it is shipped. */
public final class InMemoryStorage implements TestStorage {

  private final InMemoryStore store = new InMemoryStore();

  @Override
  public EmbeddedServer startNode(Map<String, Object> settings) {
    ApplicationContext context =
        ApplicationContext.builder().banner(false).properties(settings).build();
    Environment environment = context.getEnvironment().start();
    var clock =
        new AdjustableClock(
            environment.getProperty(AdjustableClock.STARTS_AT, Instant.class).orElse(null));
    new UseCasesInMemory(store, clock, environment)
        .singletons()
        .forEach(context::registerSingleton);
    context.start();
    // As the job does at start, so that there is a key.
    context.getBean(PrepareSigningKeys.class).execute();
    return context.getBean(EmbeddedServer.class).start();
  }

  @Override
  public TestStorage another() {
    return new InMemoryStorage();
  }

  @Override
  public Object contents() {
    return store.contents();
  }

  @Override
  public void deleteUser(UUID id) {
    store.deleteUser(new UserId(id));
  }
}
