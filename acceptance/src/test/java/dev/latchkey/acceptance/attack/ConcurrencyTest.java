package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everybody at once. */
@Timeout(120)
final class ConcurrencyTest {

  private static final int ROUNDS = 10;
  private static final long NEVER = Long.MAX_VALUE;

  private final Client client = Target.client();

  @Test
  void twoTabsThatShareATokenBothGoOn() {
    String shared = client.newcomer().refresh();
    for (int round = 0; round < ROUNDS; round++) {
      String current = shared;
      List<Answer> tabs = Race.run(2, _ -> client.refresh(current).hasStatus(200));
      assertThat(tabs.getFirst().refreshToken()).isEqualTo(tabs.getLast().refreshToken());
      shared = tabs.getFirst().refreshToken();
    }
  }

  @Test
  void sixtyFourAtOnceGetOneSuccessorAndItIsGood() {
    String shared = client.newcomer().refresh();

    List<Answer> answers = Race.run(64, _ -> client.refresh(shared).hasStatus(200));

    assertThat(answers)
        .extracting(Answer::refreshToken)
        .containsOnly(answers.getFirst().refreshToken());
    assertThat(answers).filteredOn(answer -> answer.text("/outcome").equals("rotated")).hasSize(1);
    client.refresh(answers.getFirst().refreshToken()).hasStatus(200);
  }

  /**
   * The answer to an exchange and to its retry are the same token, so it does not matter which is
   * kept.
   */
  @Test
  void whicheverOfTwoAnswersIsKeptTheClientGoesOn() {
    String first = client.newcomer().refresh();
    String answeredLate = client.refresh(first).hasStatus(200).refreshToken();
    String answeredEarly = client.refresh(first).hasStatus(200).refreshToken();

    String kept = client.refresh(answeredLate).hasStatus(200).refreshToken();

    assertThat(client.refresh(answeredEarly).hasStatus(200).refreshToken()).isEqualTo(kept);
  }

  @Test
  void aRequestOvertakenByTheNextExchangeIsARetryWhenItArrives() {
    String first = client.newcomer().refresh();
    String second = client.refresh(first).hasStatus(200).refreshToken();
    String third = client.refresh(second).hasStatus(200).refreshToken();

    assertThat(client.refresh(second).hasStatus(200).refreshToken()).isEqualTo(third);

    client.refresh(third).hasStatus(200);
  }

  @Test
  void onceALogOutIsAcknowledgedNoRetrySentAfterwardsSucceeds() {
    for (int round = 0; round < ROUNDS; round++) {
      String shared = client.newcomer().refresh();
      raceAgainstLogOut(shared, 6, false);
    }
  }

  @Test
  void onceALogOutIsAcknowledgedNoRotationSentAfterwardsSucceeds() {
    for (int round = 0; round < ROUNDS; round++) {
      raceAgainstLogOut(client.newcomer().refresh(), 1, true);
    }
  }

  @Test
  void oneLogOutOfManyAtOnceAndAllAreAcknowledged() {
    String shared = client.newcomer().refresh();

    Race.run(16, _ -> client.revoke(shared).hasStatus(204));

    client.refresh(shared).isProblem(401, "session_revoked");
  }

  /** Exchanges until refused, while somebody logs out. */
  private void raceAgainstLogOut(String token, int exchangers, boolean goOnWithTheSuccessor) {
    var acknowledged = new AtomicLong(NEVER);
    List<List<Accepted>> histories =
        Race.run(
            exchangers + 1,
            number -> {
              if (number == exchangers) {
                client.revoke(token).hasStatus(204);
                acknowledged.set(System.nanoTime());
                return List.of();
              }
              return exchangeUntilRefused(token, goOnWithTheSuccessor);
            });

    assertThat(acknowledged.get()).isNotEqualTo(NEVER);
    assertThat(histories.stream().flatMap(List::stream))
        .allSatisfy(accepted -> assertThat(accepted.sentAt() - acknowledged.get()).isNegative());
    client.refresh(token).isProblem(401, "session_revoked");
  }

  private List<Accepted> exchangeUntilRefused(String token, boolean goOnWithTheSuccessor) {
    var history = new ArrayList<Accepted>();
    String current = token;
    while (true) {
      long sentAt = System.nanoTime();
      Answer answer = client.refresh(current);
      if (answer.status() != 200) {
        answer.isProblem(401, "session_revoked");
        return history;
      }
      history.add(new Accepted(sentAt));
      current = goOnWithTheSuccessor ? answer.refreshToken() : token;
    }
  }

  private record Accepted(long sentAt) {}
}
