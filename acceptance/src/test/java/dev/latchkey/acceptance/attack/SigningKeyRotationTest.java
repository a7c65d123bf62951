package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.security.key.AesGcmSigningKeySeal;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.adapters.web.http.AdjustableClock;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.application.port.WrongMasterKeyException;
import dev.latchkey.application.port.in.key.MaintainSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.application.service.key.PrepareSigningKeysService;
import dev.latchkey.application.service.key.SigningKeyRing;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningKeyState;
import dev.latchkey.testkit.Race;
import java.net.MalformedURLException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The keys that sign access tokens change, on whole nodes with a database of their own, and nobody
 * notices.
 */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(300)
final class SigningKeyRotationTest {

  private static final String OLD = "1:" + Node.masterKey();
  private static final String NEW = "2:YW5vdGhlciBtYXN0ZXIga2V5LCBhbHNvIDMyIGJ5dGU=";

  private static final Duration STEP = Duration.ofSeconds(30);
  private static final Duration MAX_AGE = Duration.ofMinutes(1);
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);
  private static final Duration ROTATION = Duration.ofMinutes(20);

  /**
   * From the decision to rotate until the old key is retired: the lead, the life of its tokens, the
   * margin.
   */
  private static final Duration CHANGE = Duration.ofMinutes(3 + 5 + 2 + 1);

  private final List<Node> nodes = new ArrayList<>();
  private TestSchema schema;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @BeforeEach
  void create() throws SQLException {
    schema = TestSchema.create("keys");
  }

  @AfterEach
  void drop() throws SQLException {
    nodes.forEach(Node::close);
    schema.close();
  }

  /**
   * One node looks after the keys all the time and is restarted for another algorithm. The other
   * one never does: it reads the store only when it must, so it signs and publishes by readings as
   * old as is allowed.
   */
  @Test
  void notOneTokenIsRefusedWhileKeysAndAlgorithmsChange() throws MalformedURLException {
    Node lazy = start(Map.of());
    Node busy = start(Map.of());
    assertThat(PublishedKeys.of(lazy).maxAge()).isEqualTo(MAX_AGE);
    var story = new Story(lazy, busy);

    story.goOnFor(ROTATION.plus(CHANGE));
    assertThat(story.signers).as("by schedule").hasSize(2);

    assertThat(busy.rotateSigningKey()).isInstanceOf(RotateSigningKey.Result.Added.class);
    assertThat(busy.rotateSigningKey()).isInstanceOf(RotateSigningKey.Result.AlreadyPending.class);
    story.goOnFor(CHANGE);
    assertThat(story.signers).as("on command").hasSize(3);

    story.busy = start(Map.of("latchkey.signing-keys.algorithm", "EdDSA"));
    story.goOnFor(CHANGE);
    assertThat(story.signers).as("for EdDSA").hasSize(4);

    story.busy = start(Map.of("latchkey.signing-keys.algorithm", "RS256"));
    story.goOnFor(CHANGE);
    assertThat(story.signers).as("for RS256").hasSize(5);

    assertThat(story.algorithms).containsExactly("ES256", "EdDSA", "RS256");
    assertThat(lazy.signingKeyStates())
        .containsExactly(
            SigningKeyState.RETIRED,
            SigningKeyState.RETIRED,
            SigningKeyState.RETIRED,
            SigningKeyState.RETIRED,
            SigningKeyState.ACTIVE);
    assertThat(lazy.client().get(PublishedKeys.PATH).json().at("/keys")).hasSize(1);
  }

  /** Tokens are issued and checked all the time, by all nodes and with all caches. */
  private final class Story {

    private final Node lazy;
    private Node busy;
    private String lazySession;
    private String busySession;

    private final List<ResourceServer> resourceServers = new ArrayList<>();
    private final Deque<Issued> valid = new ArrayDeque<>();
    private final Set<String> signers = new LinkedHashSet<>();
    private final Set<String> algorithms = new LinkedHashSet<>();

    private Story(Node lazy, Node busy) throws MalformedURLException {
      this.lazy = lazy;
      this.busy = busy;
      this.lazySession = lazy.client().newcomer().refresh();
      this.busySession = busy.client().newcomer().refresh();
      resourceServers.add(
          ResourceServer.onNimbus("Nimbus", lazy.address().resolve(PublishedKeys.PATH)));
      addCaches("the busy node", () -> PublishedKeys.of(this.busy));
      addCaches("the lazy node", () -> PublishedKeys.of(this.lazy));
    }

    /** A cache before each node, and one behind another that does not say how old its answer is. */
    private void addCaches(String node, Supplier<PublishedKeys> source) {
      var one = new ResourceServer.Cache(source, () -> now);
      var behindAnother =
          new ResourceServer.Cache(new ResourceServer.Cache(source, () -> now), () -> now);
      resourceServers.add(ResourceServer.withCache("A cache before " + node, one));
      resourceServers.add(
          ResourceServer.withCache("A cache behind a cache before " + node, behindAnother));
    }

    private void goOnFor(Duration time) {
      for (Instant end = now.plus(time); now.isBefore(end); ) {
        now = now.plus(STEP);
        nodes.forEach(node -> node.clock().stopAt(now));
        var _ = busy.maintainSigningKeys();
        busySession = exchange(busy, lazy, busySession);
        lazySession = exchange(lazy, busy, lazySession);
        while (!valid.getFirst().expiresAt().isAfter(now)) {
          valid.removeFirst();
        }
        for (Issued token : valid) {
          resourceServers.forEach(
              server -> algorithms.add(server.check(token.text()).getAlgorithm().getName()));
        }
      }
    }

    private String exchange(Node at, Node other, String refreshToken) {
      Answer answer = at.client().refresh(refreshToken).hasStatus(200);
      other.client().me(answer.accessToken()).hasStatus(200);
      signers.add(keyIdOf(answer.accessToken()));
      valid.add(new Issued(answer.accessToken(), now.plus(TOKEN_LIFETIME)));
      return answer.refreshToken();
    }
  }

  private record Issued(String text, Instant expiresAt) {}

  @Test
  void nodesThatStartTogetherOnAnEmptyDatabaseAgreeOnOneKey() {
    List<Node> together = Race.run(3, _ -> nodeWith(Map.of()));
    nodes.addAll(together);

    assertThat(together)
        .extracting(node -> node.client().get(PublishedKeys.PATH).hasStatus(200).body())
        .containsOnly(together.getFirst().client().get(PublishedKeys.PATH).body());
    assertThat(together.getFirst().signingKeyStates()).containsExactly(SigningKeyState.ACTIVE);
    for (Node issuer : together) {
      String token = issuer.client().newcomer().access();
      together.forEach(node -> node.client().me(token).hasStatus(200));
    }
  }

  @Test
  void aNewMasterKeyBesideTheOldOneTakesOverAndTheOldOneCanGo() {
    Node before = start(Map.of("latchkey.master-key", OLD));
    String keys = before.client().get(PublishedKeys.PATH).hasStatus(200).body();
    String token = before.client().newcomer().access();

    assertDoesNotOpen(before, NEW, 1);
    Node both = start(Map.of("latchkey.master-key", NEW + "," + OLD));
    Node after = start(Map.of("latchkey.master-key", NEW));

    for (Node node : List.of(before, both, after)) {
      var _ = node.maintainSigningKeys();
      assertThat(node.client().get(PublishedKeys.PATH).hasStatus(200).body()).isEqualTo(keys);
      node.client().me(token).hasStatus(200);
      after.client().me(node.client().newcomer().access()).hasStatus(200);
    }
    assertDoesNotOpen(after, OLD, 2);
  }

  private static void assertDoesNotOpen(Node node, String masterKey, int sealedUnder) {
    SigningKeys store = node.bean(SigningKeys.class);
    var seal =
        new AesGcmSigningKeySeal(
            MasterKeys.parse(masterKey), SignatureProvider.fastest(), new SecureRandom());
    var prepare =
        new PrepareSigningKeysService(
            new SigningKeyRing(store, seal, _ -> {}, node.clock()),
            store,
            seal,
            node.bean(MaintainSigningKeys.class),
            node.clock());
    assertThatExceptionOfType(WrongMasterKeyException.class)
        .isThrownBy(prepare::execute)
        .satisfies(e -> assertThat(e.number()).isOne())
        .satisfies(e -> assertThat(e.sealedUnder()).isEqualTo(new MasterKeyId(sealedUnder)));
  }

  /** What the operator does about a leaked key. */
  @Test
  void anErasedKeyIsWorthNothingAtOnceAndTheNextOneSignsAtOnce() throws SQLException {
    Node node = start(Map.of());
    Client client = node.client();
    String leaked = client.newcomer().access();

    TestSchema.execute("UPDATE keys.signing_keys SET sealed_private_key = NULL WHERE number = 1");
    assertThat(node.maintainSigningKeys()).isInstanceOf(MaintainSigningKeys.Result.Added.class);

    client.me(leaked).isProblem(401, "invalid_access_token");
    assertThat(client.get(PublishedKeys.PATH).body()).doesNotContain(keyIdOf(leaked));
    client.me(client.newcomer().access()).hasStatus(200);
    assertThat(node.signingKeyStates())
        .containsExactly(SigningKeyState.RETIRED, SigningKeyState.ACTIVE);
  }

  private static String keyIdOf(String token) {
    try {
      return SignedJWT.parse(token).getHeader().getKeyID();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private Node start(Map<String, Object> settings) {
    Node node = nodeWith(settings);
    nodes.add(node);
    return node;
  }

  private Node nodeWith(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put(AdjustableClock.STARTS_AT, now.toString());
    all.put("datasources.default.url", schema.url());
    all.put("latchkey.signing-keys.jwks-max-age", MAX_AGE.toSeconds() + "s");
    all.put("latchkey.signing-keys.rotation-interval", ROTATION.toMinutes() + "m");
    all.put("latchkey.access-token.lifetime", TOKEN_LIFETIME.toMinutes() + "m");
    all.putAll(settings);
    return Node.start(all);
  }
}
