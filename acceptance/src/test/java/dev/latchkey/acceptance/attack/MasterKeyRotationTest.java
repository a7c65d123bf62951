package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.TokenBytes;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The master key is changed while sessions live: nodes are restarted one by one with the new key
 * before the old.
 */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class MasterKeyRotationTest {

  private static final String OLD = "1:" + Node.masterKey();
  private static final String NEW = "2:YW5vdGhlciBtYXN0ZXIga2V5LCBhbHNvIDMyIGJ5dGU=";

  private static TestSchema schema;
  private static Node newOnly;
  private static Node oldFirst;
  private static Node newFirst;

  /**
   * In a schema of its own: the key that signs access tokens is sealed with the master key of the
   * first node.
   */
  @BeforeAll
  static void start() throws SQLException {
    schema = TestSchema.create("rotation");
    newOnly = withKeys(NEW);
    oldFirst = withKeys(OLD + "," + NEW);
    newFirst = withKeys(NEW + "," + OLD);
  }

  @AfterAll
  static void stop() throws SQLException {
    List.of(newOnly, oldFirst, newFirst).forEach(Node::close);
    schema.close();
  }

  @Test
  void aTokenOfTheOldKeyIsExchangedForOneOfTheNew() {
    String old = oldFirst.client().newcomer().refresh();

    Answer answer = newFirst.client().refresh(old).hasStatus(200);

    assertThat(TokenBytes.keyIdOf(old)).isEqualTo(1);
    assertThat(TokenBytes.keyIdOf(answer.refreshToken())).isEqualTo(2);
    assertThat(answer.text("/outcome")).isEqualTo("rotated");
    newOnly.client().refresh(answer.refreshToken()).hasStatus(200);
  }

  @Test
  void aRetryAfterTheChangeGetsTheIdenticalText() {
    String first = oldFirst.client().newcomer().refresh();
    String lost = oldFirst.client().refresh(first).hasStatus(200).refreshToken();

    assertThat(newFirst.client().refresh(first).hasStatus(200).refreshToken()).isEqualTo(lost);
  }

  @Test
  void aRetryAtANodeThatIsNotYetChangedGetsTheIdenticalText() {
    String first = oldFirst.client().newcomer().refresh();
    String lost = newFirst.client().refresh(first).hasStatus(200).refreshToken();

    Answer retry = oldFirst.client().refresh(first).hasStatus(200);

    assertThat(retry.text("/outcome")).isEqualTo("retried");
    assertThat(retry.refreshToken()).isEqualTo(lost);
  }

  @Test
  void exchangesMayAlternateBetweenOldAndNewNodes() {
    String current = oldFirst.client().newcomer().refresh();
    for (int step = 0; step < 10; step++) {
      boolean isNew = step % 2 == 0;
      current =
          (isNew ? newFirst : oldFirst).client().refresh(current).hasStatus(200).refreshToken();
      assertThat(TokenBytes.keyIdOf(current)).isEqualTo(isNew ? 2 : 1);
    }
  }

  @Test
  void aSpentTokenOfTheOldKeyIsStillRecognised() {
    String old = oldFirst.client().newcomer().refresh();
    String next = oldFirst.client().refresh(old).hasStatus(200).refreshToken();
    String current = newFirst.client().refresh(next).hasStatus(200).refreshToken();

    newFirst.client().refresh(old).isProblem(401, "refresh_token_reused");

    newFirst.client().refresh(current).isProblem(401, "session_revoked");
  }

  @Test
  void aNodeThatHasDroppedTheOldKeyKnowsNoTokenOfIt() {
    Client dropped = newOnly.client();
    String old = oldFirst.client().newcomer().refresh();

    dropped.refresh(old).isProblem(401, "invalid_refresh_token");
    dropped.revoke(old).hasStatus(204);

    oldFirst.client().refresh(old).hasStatus(200);
  }

  private static Node withKeys(String masterKeys) {
    return Node.start(
        Map.of(
            "latchkey.master-key",
            masterKeys,
            "datasources.default.url",
            schema.url(),
            "datasources.default.maximum-pool-size",
            "3"));
  }
}
