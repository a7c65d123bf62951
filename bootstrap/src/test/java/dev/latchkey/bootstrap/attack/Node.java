package dev.latchkey.bootstrap.attack;

import dev.latchkey.adapters.security.key.SigningKeyRing;
import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKeys.Occasion;
import dev.latchkey.bootstrap.http.AdjustableClock;
import dev.latchkey.bootstrap.http.Client;
import dev.latchkey.bootstrap.http.TestDatabase;
import dev.latchkey.domain.key.SigningKeyState;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node of the service, with a clock of its own, on the database that all tests share. */
final class Node implements AutoCloseable {

  /** Two that run for as long as the tests do. */
  static final Node FIRST = start(Map.of());

  static final Node SECOND = start(Map.of());

  private final EmbeddedServer server;

  private Node(EmbeddedServer server) {
    this.server = server;
  }

  /** Starts one with settings that differ from those of all tests. */
  static Node start(Map<String, Object> settings) {
    var all = new HashMap<>(TestDatabase.properties());
    all.put("micronaut.server.port", "-1");
    all.put("datasources.default.maximum-pool-size", "4"); // many nodes share one database
    all.put("latchkey.password-hashing.memory", "8"); // the attacks are not on passwords
    all.put("latchkey.password-hashing.iterations", "1");
    all.putAll(settings);
    return new Node(ApplicationContext.run(EmbeddedServer.class, all));
  }

  URI address() {
    return server.getURI();
  }

  Client client() {
    return new Client(address());
  }

  AdjustableClock clock() {
    return bean(AdjustableClock.class);
  }

  <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  /** As the job does it, which is not due in tests. */
  RotateSigningKeys.Result rotateSigningKeys(Occasion occasion) {
    RotateSigningKeys.Result result =
        bean(RotateSigningKeys.class).execute(new RotateSigningKeys.Command(occasion));
    bean(SigningKeyRing.class).refresh();
    return result;
  }

  List<SigningKeyState> signingKeyStates() {
    return bean(ListSigningKeys.class).execute().stream()
        .map(ListSigningKeys.Entry::state)
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
