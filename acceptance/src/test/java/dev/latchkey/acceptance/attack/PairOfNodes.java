package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.web.http.AdjustableClock;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.domain.key.SigningKeySchedule;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two places for nodes on one database, at a time that moves when the test says so. */
final class PairOfNodes implements AutoCloseable {

  /**
   * The check interval of the signing keys; and how far the clocks of the nodes are apart at times.
   */
  static final Duration STEP = Duration.ofSeconds(5);

  static final Duration MAX_AGE = Duration.ofSeconds(10);

  /** From the decision to rotate until the next key signs: twice the max-age and a minute. */
  static final Duration LEAD = Duration.ofSeconds(2 * 10 + 60);

  static final Duration ROTATION = Duration.ofMinutes(20);
  static final Duration SESSION = Duration.ofMinutes(4);

  /** Longer than the margin at the end of a key's life, which alone would not do. */
  static final Duration TOKEN_LIFETIME = SigningKeySchedule.RETIREMENT_MARGIN.plusSeconds(30);

  private final TestSchema schema;
  private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private volatile @Nullable Node first;
  private volatile @Nullable Node second;

  private PairOfNodes(TestSchema schema) {
    this.schema = schema;
  }

  static PairOfNodes start(String schema) throws SQLException {
    var nodes = new PairOfNodes(TestSchema.create(schema));
    nodes.startInPlaceOf(0, "ES256");
    nodes.startInPlaceOf(1, "ES256");
    assertThat(PublishedKeys.of(nodes.at(0)).maxAge()).isEqualTo(MAX_AGE);
    return nodes;
  }

  Instant now() {
    return now;
  }

  /** The node at one of the two places, or the other one while there is none. */
  Node at(int place) {
    Node wanted = place == 0 ? first : second;
    Node other = place == 0 ? second : first;
    Node there = wanted == null ? other : wanted;
    if (there == null) {
      throw new AssertionError("no node is left");
    }
    return there;
  }

  /** One node after the other, as in production, and each looks after the keys. */
  void moveBy(Duration time) {
    now = now.plus(time);
    for (Node node : new Node[] {first, second}) {
      if (node != null) {
        node.clock().stopAt(now);
        var _ = node.maintainSigningKeys();
      }
    }
  }

  void stop(int place) {
    Node old = at(place);
    put(place, null);
    old.close();
  }

  /** At another port, and maybe with another algorithm. */
  void startInPlaceOf(int place, String algorithm) {
    put(
        place,
        Node.start(
            Map.of(
                AdjustableClock.STARTS_AT,
                now.toString(),
                "datasources.default.url",
                schema.url(),
                "latchkey.signing-keys.algorithm",
                algorithm,
                "latchkey.signing-keys.jwks-max-age",
                seconds(MAX_AGE),
                "latchkey.signing-keys.rotation-interval",
                seconds(ROTATION),
                "latchkey.access-token.lifetime",
                seconds(TOKEN_LIFETIME),
                "latchkey.session.idle",
                seconds(SESSION),
                "latchkey.session.absolute",
                seconds(SESSION))));
  }

  private void put(int place, @Nullable Node node) {
    if (place == 0) {
      first = node;
    } else {
      second = node;
    }
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }

  @Override
  public void close() throws SQLException {
    for (Node node : new Node[] {first, second}) {
      if (node != null) {
        node.close();
      }
    }
    schema.close();
  }
}
