package dev.latchkey.adapters.web.http;

import static java.util.Map.entry;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.in.key.MaintainSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.domain.key.SigningKeyState;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A node of the service, in this process, with a clock of its own. */
public final class Node implements AutoCloseable {

  /** The settings of all tests. */
  private static final Map<String, Object> SETTINGS =
      Map.ofEntries(
          entry("micronaut.server.port", "-1"),
          entry("latchkey.issuer", "https://auth.example.org"),
          entry("latchkey.master-key", "bWFzdGVyIGtleSBmb3IgdGVzdHMsIDMyIGJ5dGVzISE="),
          entry("latchkey.clients", TestClients.SETTING),
          // Tests set the time; no key is to be rotated for that.
          entry("latchkey.signing-keys.check-interval", "1d"),
          // Few tests are about passwords.
          entry("latchkey.password-hashing.memory", "8"),
          entry("latchkey.password-hashing.iterations", "1"),
          // And they all come from one network.
          entry("latchkey.limits.failures-per-network", "100000"),
          entry("latchkey.limits.registrations-per-network", "100000"),
          entry("latchkey.limits.mails-per-network", "100000"));

  private static final TestStorage STORAGE = TestStorage.ofThisModule();

  private static final Map<Map<String, Object>, Node> SHARED = new ConcurrentHashMap<>();

  private final EmbeddedServer server;

  private Node(EmbeddedServer server) {
    this.server = server;
  }

  /**
   * The one that all tests share which want these settings; it runs for as long as the tests do.
   */
  public static Node shared(Map<String, Object> settings) {
    return SHARED.computeIfAbsent(settings, Node::start);
  }

  /** Starts one on the storage that all tests share, with settings that differ from theirs. */
  public static Node start(Map<String, Object> settings) {
    return start(STORAGE, settings);
  }

  /** The same on another storage. */
  public static Node start(TestStorage storage, Map<String, Object> settings) {
    var all = new HashMap<>(SETTINGS);
    all.putAll(settings);
    return new Node(storage.startNode(all));
  }

  /** Of the nodes that are not started on another. */
  public static TestStorage storage() {
    return STORAGE;
  }

  /** Of all nodes that have no other. */
  public static String masterKey() {
    return String.valueOf(SETTINGS.get("latchkey.master-key"));
  }

  public URI address() {
    return server.getURI();
  }

  public Client client() {
    return new Client(address());
  }

  public AdjustableClock clock() {
    return bean(AdjustableClock.class);
  }

  public <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  /** As the job does it, which is not due in tests. */
  public MaintainSigningKeys.Result maintainSigningKeys() {
    return bean(MaintainSigningKeys.class).execute();
  }

  /** As an operator does it. */
  public RotateSigningKey.Result rotateSigningKey() {
    return bean(RotateSigningKey.class).execute(new RotateSigningKey.Command(new Actor.Operator()));
  }

  public List<SigningKeyState> signingKeyStates() {
    return bean(ListSigningKeys.class).execute().stream()
        .map(ListSigningKeys.Entry::state)
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
