package dev.latchkey.adapters.web.http;

import static java.util.Map.entry;

import dev.latchkey.adapters.web.ended.HeldRequests;
import dev.latchkey.adapters.web.management.ManagementPort;
import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.in.key.MaintainSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.application.port.in.mail.DeliverMail;
import dev.latchkey.application.port.in.session.RenewEndedSessions;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.domain.key.SigningKeyState;
import dev.latchkey.testkit.RecordedMails;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
          // Mail is delivered when a test wants it.
          entry("latchkey.mail.check-interval", "1d"),
          // Listeners hear of ended sessions when a test wants it.
          entry("latchkey.ended-sessions.check-interval", "1d"),
          // Certificates change when a test wants it.
          entry("latchkey.tls.check-interval", "1d"),
          // And they all come from one network.
          entry("latchkey.limits.failures-per-network", "100000"),
          entry("latchkey.limits.registrations-per-network", "100000"),
          entry("latchkey.limits.mails-per-network", "100000"));

  private static final TestStorage STORAGE = TestStorage.ofThisModule();

  private static final Map<Map<String, Object>, Node> SHARED = new ConcurrentHashMap<>();

  private final EmbeddedServer server;
  private final Described described;

  private Node(EmbeddedServer server) {
    this.server = server;
    this.described = Described.of(management());
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
    try {
      return new Node(storage.startNode(all));
    } catch (ServerStartupException _) {
      // Somebody has taken the port that was free a moment ago.
      return new Node(storage.startNode(all));
    }
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

  /** One that accepts no answer to a call that the description of this node does not have. */
  public Client client() {
    return new Client(address(), described);
  }

  /** Of those who run the service; it takes any answer. */
  public Client management() {
    return new Client(
        bean(ManagementPort.class).address().map(URI::create).orElseGet(this::address));
  }

  public AdjustableClock clock() {
    return bean(AdjustableClock.class);
  }

  public <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  /** The latest mail to an address, once all that is due has been sent. */
  public Mail mailTo(String address) {
    DeliverMail deliverMail = bean(DeliverMail.class);
    while (!(deliverMail.execute() instanceof DeliverMail.Result.NothingDue)) {}
    return bean(RecordedMails.class).all().stream()
        .filter(mail -> mail.to().text().equals(address))
        .reduce((_, later) -> later)
        .orElseThrow(() -> new AssertionError("no mail to " + address));
  }

  /** The code in it. */
  public String codeTo(String address) {
    return Objects.requireNonNull(mailTo(address).values().get(MailField.CODE));
  }

  /** As the job does it, which is not due in tests. */
  public MaintainSigningKeys.Result maintainSigningKeys() {
    return bean(MaintainSigningKeys.class).execute();
  }

  /** As the job does it: reads which sessions have ended, and answers who waits for that. */
  public void renewEndedSessions() {
    switch (bean(RenewEndedSessions.class).execute()) {
      case RenewEndedSessions.Result.Read(long version) ->
          bean(HeldRequests.class).publish(version);
      case RenewEndedSessions.Result.NobodyListens() -> {}
    }
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
