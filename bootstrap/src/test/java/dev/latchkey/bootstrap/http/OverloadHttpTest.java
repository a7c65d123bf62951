package dev.latchkey.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A service that hashes one password at a time, and lets nobody wait for longer than it takes to
 * find no room.
 */
@Property(name = "latchkey.password-hashing.concurrency", value = "1")
@Property(name = "latchkey.password-hashing.queue", value = "0")
class OverloadHttpTest extends HttpTest {

  private static final int ROUNDS = 50;
  private static final int CALLERS = 64;

  /**
   * Whatever the timing is, of each round at least one gets through: nobody else hashes when the
   * first of it arrives. That one of a round finds no room for half a second is likely, since 64
   * hashes take about two, but not certain; so there are more rounds until it happened.
   */
  @Test
  void whoComesWhileAllHandsAreFullIsToldToComeBack() {
    String name = Client.someone();
    client.register(name).hasStatus(201);

    List<Answer> refusals = new ArrayList<>();
    for (int round = 0; refusals.isEmpty() && round < ROUNDS; round++) {
      List<Answer> answers =
          Concurrently.run(
              CALLERS,
              i -> client.login(name, i % 2 == 0 ? Client.PASSWORD : "wrong " + Client.PASSWORD));
      assertThat(answers).extracting(Answer::status).containsAnyOf(200, 401);
      assertThat(answers).extracting(Answer::status).isSubsetOf(200, 401, 503);
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
    client.login(name, Client.PASSWORD).hasStatus(200);
    client.register(Client.someone()).hasStatus(201);
  }
}
