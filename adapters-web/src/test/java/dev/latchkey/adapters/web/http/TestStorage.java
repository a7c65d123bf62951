package dev.latchkey.adapters.web.http;

import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;

/**
 * Where the service under test keeps accounts, sessions and signing keys: the one thing in which
 * the runs of these tests differ. Each module that runs them names its storage in one line, in
 * {@code META-INF/services}.
 */
public interface TestStorage {

  /** The one that this module names. */
  static TestStorage ofThisModule() {
    return ServiceLoader.load(TestStorage.class).findFirst().orElseThrow();
  }

  /** Starts a node of the service on it, with these settings. */
  EmbeddedServer startNode(Map<String, Object> settings);

  /** An empty one beside it, for tests that change what others rely on. */
  TestStorage another();

  /** Everything that is kept now: equal to what it was before if nothing has changed. */
  Object contents();

  /** Deletes a user as no use case does yet. */
  void deleteUser(UUID id);
}
