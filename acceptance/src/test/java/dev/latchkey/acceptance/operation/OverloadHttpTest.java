package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.HttpTest;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A service that hashes one password at a time, and lets nobody wait for longer than it takes to
 * find no room.
 */
class OverloadHttpTest extends HttpTest {

  private static final int ROUNDS = 50;
  private static final int CALLERS = 64;

  /** The host that most of the callers come from. */
  private static final int FLOOD = 255;

  OverloadHttpTest() {
    super(queueOf(0));
  }

  /** With hashes that cost what they cost, behind one proxy; only room is limited, not time. */
  private static Map<String, Object> queueOf(int queue) {
    return Map.of(
        "latchkey.password-hashing.memory", "19456",
        "latchkey.password-hashing.iterations", "2",
        "latchkey.password-hashing.concurrency", "1",
        "latchkey.password-hashing.queue", queue,
        "latchkey.password-hashing.max-wait", "1h",
        "latchkey.http.trusted-proxies", "1");
  }

  /**
   * Whatever the timing is, of each round at least one gets through: nobody else hashes when the
   * first of it arrives. That one of a round finds no room for half a second is likely, since 64
   * hashes take about two, but not certain; so there are more rounds until it happened.
   */
  @Test
  void whoComesWhileAllHandsAreFullIsToldToComeBack() {
    List<Answer> refusals = new ArrayList<>();
    for (int round = 0; refusals.isEmpty() && round < ROUNDS; round++) {
      // Somebody new, whose log-ins are not delayed yet.
      String name = Client.someone();
      client.register(name).hasStatus(201);
      List<Answer> answers =
          Race.run(
              CALLERS,
              i -> client.login(name, i % 2 == 0 ? Client.PASSWORD : "wrong " + Client.PASSWORD));
      assertThat(answers).extracting(Answer::status).containsAnyOf(200, 401);
      // So many wrong passwords are delayed as well.
      assertThat(answers).extracting(Answer::status).isSubsetOf(200, 401, 429, 503);
      answers.stream().filter(answer -> answer.status() == 503).forEach(refusals::add);
    }

    assertThat(refusals)
        .isNotEmpty()
        .allSatisfy(
            refusal -> {
              refusal.isProblem(503, "overloaded");
              assertThat(refusal.header("Retry-After")).isEqualTo("1");
              assertThat(refusal.header("Cache-Control")).isEqualTo("no-store");
            });
    String later = Client.someone();
    client.register(later).hasStatus(201);
    client.login(later, Client.PASSWORD).hasStatus(200);
  }

  /**
   * One network gets five of the ten places, whatever it asks for, so the four others find room.
   * That somebody of the first is refused is likely, as above; so there are more rounds until it
   * happened.
   */
  @Test
  void whoComesFromAnotherNetworkLogsInWhileOneFillsItsShare() {
    Client crowded = Node.shared(queueOf(9)).client();
    String name = Client.someone();
    crowded.register(name).hasStatus(201);

    List<Answer> refusals = new ArrayList<>();
    for (int round = 0; refusals.isEmpty() && round < ROUNDS; round++) {
      List<Answer> answers =
          Race.run(CALLERS, i -> loginFrom(i % 16 == 0 ? i : FLOOD, crowded, name));
      for (int i = 0; i < CALLERS; i++) {
        Answer answer = answers.get(i);
        if (i % 16 == 0 || answer.status() != 503) {
          answer.hasStatus(200);
        } else {
          refusals.add(answer.isProblem(503, "overloaded"));
        }
      }
    }

    assertThat(refusals).isNotEmpty();
  }

  private static Answer loginFrom(int host, Client client, String name) {
    return client.post(
        "/api/auth/login",
        Map.of("username", name, "password", Client.PASSWORD),
        "X-Forwarded-For",
        "192.0.2." + host);
  }
}
