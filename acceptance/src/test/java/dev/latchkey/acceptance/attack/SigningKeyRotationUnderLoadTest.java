package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSHeader;
import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.web.http.AdjustableClock;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.domain.key.SigningKeyState;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Signing keys and their algorithm change while many clients are served without a pause by two
 * nodes, of which now and then one is replaced, and no request is refused. What {@link
 * SigningKeyRotationTest} tells step by step happens here all at once: the time of the nodes moves
 * while they answer, and not on both at the same instant.
 */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class SigningKeyRotationUnderLoadTest {

  private static final int CLIENTS = 8;

  /**
   * The check interval of the signing keys; and how far the clocks of the nodes are apart at times.
   */
  private static final Duration STEP = Duration.ofSeconds(5);

  private static final Duration MAX_AGE = Duration.ofSeconds(10);

  /** From the decision to rotate until the next key signs: twice the max-age and a minute. */
  private static final Duration LEAD = Duration.ofSeconds(2 * 10 + 60);

  private static final Duration ROTATION = Duration.ofMinutes(20);
  private static final Duration SESSION = Duration.ofMinutes(4);

  /** Longer than the margin at the end of a key's life, which alone would not do. */
  private static final Duration TOKEN_LIFETIME =
      SigningKeySchedule.RETIREMENT_MARGIN.plusSeconds(30);

  private static final Duration A_WHILE = STEP.multipliedBy(4);

  private final List<Node> nodes = new ArrayList<>();
  private TestSchema schema;
  private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /**
   * Those that get requests, in the order of their places: one of two, while the other is being
   * replaced.
   */
  private volatile List<Node> serving = List.of();

  @BeforeEach
  void create() throws SQLException {
    schema = TestSchema.create("keys_under_load");
  }

  @AfterEach
  void drop() throws SQLException {
    nodes.forEach(Node::close);
    schema.close();
  }

  @Test
  void notOneRequestIsRefusedWhileKeysAndAlgorithmsChange() throws InterruptedException {
    serving = List.of(start("ES256"));
    serving = List.of(serving.getFirst(), start("ES256"));
    assertThat(PublishedKeys.of(serving.getFirst()).maxAge()).isEqualTo(MAX_AGE);
    moveTo(now.plus(ROTATION.minus(LEAD).minus(A_WHILE)));

    try (var load = new Load()) {
      load.goOnFor(A_WHILE);
      load.assertSigners("ES256");

      load.goOnFor(LEAD.plus(A_WHILE));
      load.assertSigners("ES256", "ES256");

      assertThat(serving.getLast().rotateSigningKey())
          .isInstanceOf(RotateSigningKey.Result.Added.class);
      load.goOnFor(LEAD.plus(A_WHILE));
      load.assertSigners("ES256", "ES256", "ES256");

      load.replaceBothNodes("RS256");
      load.goOnFor(LEAD);
      load.assertSigners("ES256", "ES256", "ES256", "RS256");

      load.replaceBothNodes("EdDSA");
      load.goOnFor(LEAD);
      load.assertSigners("ES256", "ES256", "ES256", "RS256", "EdDSA");

      load.goOnFor(TOKEN_LIFETIME);
      load.assertSigners("ES256", "ES256", "ES256", "RS256", "EdDSA");
    }

    moveTo(now.plus(SigningKeySchedule.RETIREMENT_MARGIN));
    for (Node node : serving) {
      assertThat(node.signingKeyStates())
          .containsExactly(
              SigningKeyState.RETIRED,
              SigningKeyState.RETIRED,
              SigningKeyState.RETIRED,
              SigningKeyState.RETIRED,
              SigningKeyState.ACTIVE);
    }
  }

  /** One node after the other, as in production, and each looks after the keys. */
  private void moveTo(Instant time) {
    now = time;
    for (Node node : serving) {
      node.clock().stopAt(time);
      var _ = node.maintainSigningKeys();
    }
  }

  /** The node at one of the two places, or the other one while that is being replaced. */
  private Node nodeAt(int place) {
    List<Node> present = serving;
    return present.get(place % present.size());
  }

  private Node start(String algorithm) {
    Node node =
        Node.start(
            Map.of(
                AdjustableClock.STARTS_AT,
                now.toString(),
                "datasources.default.url",
                schema.url(),
                "latchkey.signing-keys.algorithm",
                algorithm,
                "latchkey.signing-keys.jwks-max-age",
                MAX_AGE.toSeconds() + "s",
                "latchkey.signing-keys.rotation-interval",
                ROTATION.toSeconds() + "s",
                "latchkey.access-token.lifetime",
                TOKEN_LIFETIME.toSeconds() + "s",
                "latchkey.session.idle",
                SESSION.toSeconds() + "s",
                "latchkey.session.absolute",
                SESSION.toSeconds() + "s"));
    nodes.add(node);
    return node;
  }

  /** All clients, from the first request to the last. */
  private final class Load implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Customer> customers = new ArrayList<>();
    private volatile boolean over;
    private @Nullable Throwable failure;

    private Load() {
      for (int i = 0; i < CLIENTS; i++) {
        customers.add(new Customer(i % 2));
      }
      customers.forEach(customer -> threads.execute(() -> keepGoing(customer)));
    }

    private void keepGoing(Customer customer) {
      try {
        while (!over) {
          customer.goRound();
          finished(customer);
        }
      } catch (AssertionError | RuntimeException e) {
        failed(new AssertionError("at " + now + ", " + customer, e));
      }
    }

    private synchronized void finished(Customer customer) {
      customer.rounds++;
      notifyAll();
    }

    private synchronized void failed(Throwable cause) {
      if (failure == null) {
        failure = cause;
      }
      over = true;
      notifyAll();
    }

    /** What any client had begun before has ended after this. */
    private synchronized void awaitARoundOfEach() throws InterruptedException {
      List<Integer> before = customers.stream().map(customer -> customer.rounds).toList();
      while (failure == null && anyIsStillAt(before)) {
        wait();
      }
      if (failure != null) {
        throw new AssertionError("a client was refused", failure);
      }
    }

    private boolean anyIsStillAt(List<Integer> rounds) {
      for (int i = 0; i < CLIENTS; i++) {
        if (customers.get(i).rounds == rounds.get(i)) {
          return true;
        }
      }
      return false;
    }

    /** Every client gets and shows tokens in every step. */
    private void goOnFor(Duration time) throws InterruptedException {
      for (Instant end = now.plus(time); now.isBefore(end); ) {
        moveTo(now.plus(STEP));
        awaitARoundOfEach();
      }
    }

    /**
     * Each in turn is left by its clients, stopped, and started with another setting at another
     * port.
     */
    private void replaceBothNodes(String algorithm) throws InterruptedException {
      Node first = serving.getFirst();
      Node second = serving.getLast();
      Node newFirst = replaced(first, second, algorithm);
      serving = List.of(newFirst, second);
      goOnFor(STEP);
      Node newSecond = replaced(second, newFirst, algorithm);
      serving = List.of(newFirst, newSecond);
      goOnFor(STEP);
    }

    private Node replaced(Node old, Node other, String algorithm) throws InterruptedException {
      serving = List.of(other);
      awaitARoundOfEach();
      old.close();
      goOnFor(STEP);
      return start(algorithm);
    }

    /**
     * Every client has had tokens by these keys and no others, and they were taken wherever it
     * showed them.
     */
    private void assertSigners(String... algorithms) {
      List<String> signers = customers.getFirst().signers;
      assertThat(signers)
          .extracting(key -> key.substring(0, key.indexOf(' ')))
          .containsExactly(algorithms);
      assertThat(customers).extracting(customer -> customer.signers).containsOnly(signers);
    }

    @Override
    public void close() {
      over = true;
      threads.close();
    }
  }

  /**
   * Somebody with a session, who shows tokens to the service and to resource servers with caches of
   * their own.
   */
  private final class Customer {

    private final String name = Client.someone();
    private final List<ResourceServer> resourceServers;

    /** Tokens that have not expired, from the oldest to the newest. */
    private final List<Issued> valid = new ArrayList<>();

    private String refreshToken = "";
    private Instant sessionEndsAt = Instant.MIN;

    /**
     * The algorithms and ids of the keys of all tokens that were taken, in the order of their
     * first.
     */
    private volatile List<String> signers = List.of();

    private volatile String doing = "nothing yet";

    /** How often it has gone round; guarded by the load. */
    private int rounds;

    /**
     * One cache is before the node at this place, the other one behind a further cache before the
     * other node.
     */
    private Customer(int place) {
      nodeAt(place).client().register(name).hasStatus(201);
      var behindAnother = new ResourceServer.Cache(cacheBefore(1 - place), () -> now);
      resourceServers =
          List.of(
              ResourceServer.withCache("A cache before node " + place, cacheBefore(place)),
              ResourceServer.withCache(
                  "A cache behind a cache before node " + (1 - place), behindAnother));
    }

    private ResourceServer.Cache cacheBefore(int place) {
      return new ResourceServer.Cache(() -> PublishedKeys.of(nodeAt(place)), () -> now);
    }

    /**
     * Gets a token from one node, and shows it to the other, with the one before and the oldest.
     */
    private void goRound() {
      // The time moves once while this goes on, at most: the next step waits for the end of the
      // round.
      Instant latest = now.plus(STEP);
      int place = ThreadLocalRandom.current().nextInt(2);
      valid.add(sessionEndsAt.isAfter(latest) ? exchange(place) : logIn(place));
      valid.removeIf(token -> !token.expiresAt().isAfter(latest));
      show(valid.getLast(), 1 - place);
      show(valid.get(Math.max(0, valid.size() - 2)), 1 - place);
      show(valid.getFirst(), 1 - place);
    }

    private Issued logIn(int place) {
      doing = "logs in at place " + place;
      return keep(nodeAt(place).client().login(name, Client.PASSWORD));
    }

    private Issued exchange(int place) {
      doing = "exchanges at place " + place;
      return keep(nodeAt(place).client().refresh(refreshToken));
    }

    private Issued keep(Answer answer) {
      answer.hasStatus(200);
      refreshToken = answer.refreshToken();
      sessionEndsAt = Instant.parse(answer.text("/refreshTokenExpiresAt"));
      return new Issued(answer.accessToken(), Instant.parse(answer.text("/accessTokenExpiresAt")));
    }

    private void show(Issued token, int place) {
      doing = "shows a token that expires at " + token.expiresAt() + " to resource servers";
      for (ResourceServer server : resourceServers) {
        JWSHeader header = server.check(token.text());
        String signer = header.getAlgorithm() + " " + header.getKeyID();
        if (!signers.contains(signer)) {
          signers = Stream.concat(signers.stream(), Stream.of(signer)).toList();
        }
      }
      doing = "shows a token that expires at " + token.expiresAt() + " at place " + place;
      nodeAt(place).client().me(token.text()).hasStatus(200);
    }

    @Override
    public String toString() {
      return name + " " + doing;
    }
  }

  private record Issued(String text, Instant expiresAt) {}
}
