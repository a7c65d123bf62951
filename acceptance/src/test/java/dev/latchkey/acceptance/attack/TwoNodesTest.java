package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.TokenBytes;
import dev.latchkey.adapters.web.http.Tokens;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.Race;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes on one database are one service. */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class TwoNodesTest {

  private static final String WRONG = "wrong " + Client.PASSWORD;

  private final Client one = Nodes.FIRST.client();
  private final Client other = Nodes.SECOND.client();

  @BeforeEach
  @AfterEach
  void agreeOnTheTime() {
    Nodes.FIRST.clock().reset();
    Nodes.SECOND.clock().reset();
  }

  @Test
  void exchangesMayAlternateBetweenNodes() {
    Tokens tokens = one.newcomer();
    String current = tokens.refresh();
    for (int step = 0; step < 20; step++) {
      Answer answer = (step % 2 == 0 ? other : one).refresh(current).hasStatus(200);
      assertThat(answer.text("/outcome")).isEqualTo("rotated");
      (step % 2 == 0 ? one : other).me(answer.accessToken()).hasStatus(200);
      current = answer.refreshToken();
    }
  }

  @Test
  void aRetryMayGoToTheOtherNode() {
    String first = one.newcomer().refresh();
    String lost = one.refresh(first).hasStatus(200).refreshToken();

    Answer retry = other.refresh(first).hasStatus(200);

    assertThat(retry.text("/outcome")).isEqualTo("retried");
    assertThat(retry.refreshToken()).isEqualTo(lost);
  }

  @Test
  void sixtyFourAtOnceOnBothNodesGetOneSuccessor() {
    String shared = one.newcomer().refresh();

    List<Answer> answers =
        Race.run(64, i -> (i % 2 == 0 ? one : other).refresh(shared).hasStatus(200));

    assertThat(answers)
        .extracting(Answer::refreshToken)
        .containsOnly(answers.getFirst().refreshToken());
    assertThat(answers).filteredOn(answer -> answer.text("/outcome").equals("rotated")).hasSize(1);
    assertThat(TokenBytes.generationOf(answers.getFirst().refreshToken())).isEqualTo(1);
  }

  @Test
  void aReuseIsDetectedOnTheOtherNodeAndEndsTheSessionOnBoth() {
    String first = one.newcomer().refresh();
    String second = one.refresh(first).hasStatus(200).refreshToken();
    String third = one.refresh(second).hasStatus(200).refreshToken();

    other.refresh(first).isProblem(401, "refresh_token_reused");

    one.refresh(third).isProblem(401, "session_revoked");
    other.refresh(third).isProblem(401, "session_revoked");
  }

  @Test
  void aLogOutOnOneNodeIsSeenByTheOtherAtOnce() {
    String token = one.newcomer().refresh();
    other.refresh(token).hasStatus(200);

    one.revoke(token).hasStatus(204);

    other.refresh(token).isProblem(401, "session_revoked");
  }

  @Test
  void wrongPasswordsOnOneNodeDelayLogInsOnTheOther() {
    stopTheClocks();
    String name = Client.someone();
    for (int i = 0; i < 6; i++) {
      (i % 2 == 0 ? one : other).login(name, WRONG).isProblem(401, "invalid_credentials");
    }

    assertThat(other.login(name, WRONG).isProblem(429, "too_many_attempts").header("Retry-After"))
        .isEqualTo("1");
    one.login(name, WRONG).isProblem(429, "too_many_attempts");
  }

  /** Five are free, and the sixth brings the first delay. */
  @Test
  void ofSixtyFourGuessesAtOnceOnBothNodesNoMoreThanOneByOneAreAnswered() {
    stopTheClocks();
    String name = Client.someone();

    List<Answer> answers = Race.run(64, i -> (i % 2 == 0 ? one : other).login(name, WRONG));

    assertThat(answers).extracting(Answer::status).containsOnly(401, 429);
    assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(6);
  }

  /** Or else somebody could close it in minutes by asking often enough. */
  @Test
  void guessesAtOnceOnBothNodesCountTowardsClosingTheAccountOnlyIfTheyAreAnswered() {
    Map<String, Object> behindProxy = Map.of("latchkey.http.trusted-proxies", "1");
    try (Node left = Node.start(behindProxy);
        Node right = Node.start(behindProxy)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      left.clock().stopAt(now);
      right.clock().stopAt(now);
      String name = Client.someone();
      left.client().register(name).hasStatus(201);

      List<Answer> answers =
          Race.run(
              64,
              i ->
                  (i % 2 == 0 ? left : right)
                      .client()
                      .post(
                          "/api/auth/login",
                          Map.of("username", name, "password", WRONG),
                          "X-Forwarded-For",
                          "198.18.0." + i));

      assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSize(6);
      assertThat(failures(left, name)).isEqualTo(6);
    }
  }

  private static int failures(Node node, String name) {
    User user =
        node.bean(Transactions.class)
            .execute(() -> node.bean(Users.class).findByUsername(Username.of(name)).orElseThrow());
    return node.bean(PasswordGate.class).failuresOf(user);
  }

  private static void stopTheClocks() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Nodes.FIRST.clock().stopAt(now);
    Nodes.SECOND.clock().stopAt(now);
  }

  @Test
  void oneDeviceIsTheLimitEvenIfSixteenLogInAtOnceOnBothNodes() {
    Map<String, Object> oneDevice = Map.of("latchkey.session.max-per-user", "1");
    try (Node left = Node.start(oneDevice);
        Node right = Node.start(oneDevice)) {
      String name = Client.someone();
      Tokens registered =
          Tokens.of(left.client().register(name).hasStatus(201).json().at("/tokens"));

      List<Tokens> devices =
          Race.run(
              16,
              i -> {
                Client client = (i % 2 == 0 ? left : right).client();
                return Tokens.of(client.login(name, Client.PASSWORD).hasStatus(200).json());
              });

      List<Tokens> alive =
          devices.stream()
              .filter(device -> right.client().refresh(device.refresh()).status() == 200)
              .toList();
      assertThat(alive).hasSize(1);
      Answer listed =
          left.client()
              .get("/api/sessions", "Authorization", "Bearer " + alive.getFirst().access())
              .hasStatus(200);
      assertThat(listed.json().at("/sessions")).hasSize(1);
      assertThat(listed.text("/sessions/0/id")).isEqualTo(alive.getFirst().sessionId());
      left.client().refresh(registered.refresh()).isProblem(401, "session_revoked");
    }
  }
}
