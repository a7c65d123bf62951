package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.DeviceKey;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.TokenBytes;
import dev.latchkey.adapters.web.http.Tokens;
import dev.latchkey.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thieves of the tokens of a bound session, at two nodes: without the key they are nobody. */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class BoundSessionTest {

  private static final String REFRESH = "/api/auth/refresh";
  private static final String ME = "/api/accounts/me";

  private final Client one = Nodes.FIRST.client();
  private final Client other = Nodes.SECOND.client();
  private final DeviceKey device = newDevice();
  private final DeviceKey thief = newDevice();

  @BeforeEach
  @AfterEach
  void agreeOnTheTime() {
    Nodes.FIRST.clock().reset();
    Nodes.SECOND.clock().reset();
  }

  /** With every token that there ever was, after every exchange and every pause, at both nodes. */
  @Test
  void aThiefWithoutTheKeyGetsNothingAndEndsNothingWheneverTheyCome() {
    List<String> stolen = new ArrayList<>();
    String current = loggedIn().refresh();
    for (Duration pause :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(31),
            Duration.ofSeconds(61),
            Duration.ofHours(2),
            Duration.ofDays(3))) {
      pass(pause);
      stolen.add(current);
      for (String token : stolen) {
        isRefused(one.refresh(token));
        isRefused(other.refresh(token));
        isRefused(thief.post(one, REFRESH, Map.of("refreshToken", token)));
        isRefused(one.post(REFRESH, Map.of("refreshToken", token), "Idempotency-Key", "k"));
        isRefused(other.revoke(token));
      }

      Answer exchanged = exchange(one, current).hasStatus(200);
      assertThat(exchanged.text("/outcome")).isEqualTo("rotated");
      current = exchanged.refreshToken();
    }
    assertThat(TokenBytes.generationOf(current)).isEqualTo(5);
  }

  @Test
  void aThiefInLockStepGetsNothing() {
    String current = loggedIn().refresh();
    for (int step = 0; step < 30; step++) {
      isRefused(one.refresh(current));
      String next = exchange(step % 2 == 0 ? one : other, current).hasStatus(200).refreshToken();
      isRefused(other.refresh(current));
      isRefused(one.refresh(next));
      current = next;
      pass(Duration.ofSeconds(20));
    }
  }

  @Test
  void aStolenAccessTokenIsWorthNothing() {
    Tokens tokens = loggedIn();

    one.me(tokens.access()).isProblem(401, "invalid_access_token");
    thief.get(one, ME, tokens.access());
    thief.get(other, ME, tokens.access()).isProblem(401, "invalid_access_token");
    device.get(other, ME, tokens.access()).hasStatus(200);
  }

  /** Whoever copied it has no key for what is in the answer, and rotates nothing by it. */
  @Test
  void aCopyOfAnExchangeGivesTheSameAnswerAtBothNodesAndRotatesNothing() {
    String first = loggedIn().refresh();
    String proof = device.proof("POST", REFRESH);
    Answer original =
        device
            .learn(one.post(REFRESH, Map.of("refreshToken", first), "DPoP", proof))
            .hasStatus(200);
    String second = original.refreshToken();

    for (Client node : List.of(one, other)) {
      Answer copy = node.post(REFRESH, Map.of("refreshToken", first), "DPoP", proof);
      assertThat(copy.hasStatus(200).text("/outcome")).isEqualTo("retried");
      assertThat(copy.refreshToken()).isEqualTo(second);
      node.post(REFRESH, Map.of("refreshToken", second), "DPoP", proof)
          .isProblem(400, "use_dpop_nonce");
    }

    assertThat(exchange(other, second).hasStatus(200).text("/outcome")).isEqualTo("rotated");
  }

  @Test
  void sixtyFourAtOnceOnBothNodesGetOneSuccessor() {
    String shared = loggedIn().refresh();
    List<String> proofs = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      proofs.add(device.proof("POST", REFRESH));
    }

    List<Answer> answers =
        Race.run(
            64,
            i ->
                (i % 2 == 0 ? one : other)
                    .post(REFRESH, Map.of("refreshToken", shared), "DPoP", proofs.get(i))
                    .hasStatus(200));

    assertThat(answers)
        .extracting(Answer::refreshToken)
        .containsOnly(answers.getFirst().refreshToken());
    assertThat(answers).filteredOn(answer -> answer.text("/outcome").equals("rotated")).hasSize(1);
  }

  @Test
  void aNonceIsAcceptedByEveryNodeAlsoByOneThatHasJustStarted() {
    String first = loggedIn().refresh();
    try (Node started = Node.start(Map.of())) {
      String proof = device.proof("POST", REFRESH);

      started.client().post(REFRESH, Map.of("refreshToken", first), "DPoP", proof).hasStatus(200);
    }
  }

  /** The key, not time, says that it is the same device: no clock takes part. */
  @Test
  void aLateRetryIsAnsweredAtTheOtherNode() {
    String first = loggedIn().refresh();
    String lost = exchange(one, first).hasStatus(200).refreshToken();
    pass(Duration.ofHours(1));

    Answer retry = exchange(other, first).hasStatus(200);

    assertThat(retry.text("/outcome")).isEqualTo("retried");
    assertThat(retry.refreshToken()).isEqualTo(lost);
  }

  @Test
  void aCopyOfTheWholeDeviceIsFoundOut() {
    String first = loggedIn().refresh();
    String second = exchange(one, first).hasStatus(200).refreshToken();
    String third = exchange(one, second).hasStatus(200).refreshToken();

    exchange(other, first).isProblem(401, "refresh_token_reused");
    exchange(one, third).isProblem(401, "session_revoked");
  }

  private static DeviceKey newDevice() {
    String issuer =
        Nodes.FIRST.client().get("/.well-known/oauth-authorization-server").text("/issuer");
    return new DeviceKey(issuer, Nodes.FIRST.clock());
  }

  private Tokens loggedIn() {
    String username = Client.someone();
    one.register(username).hasStatus(201);
    Map<String, String> credentials = Map.of("username", username, "password", Client.PASSWORD);
    return Tokens.of(device.post(one, "/api/auth/login", credentials).hasStatus(200).json());
  }

  private Answer exchange(Client node, String refreshToken) {
    return device.post(node, REFRESH, Map.of("refreshToken", refreshToken));
  }

  private static void isRefused(Answer answer) {
    answer.isProblem(400, "invalid_dpop_proof");
  }

  private static void pass(Duration time) {
    Nodes.FIRST.clock().advance(time);
    Nodes.SECOND.clock().advance(time);
  }
}
