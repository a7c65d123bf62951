package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.TokenBytes;
import dev.latchkey.testkit.Race;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service, in a process of its own, is killed, which it cannot notice; and started again. */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class CrashTest {

  private static final ServiceProcess SERVICE = ServiceProcess.with(environment());

  private static Map<String, String> environment() {
    var settings = new HashMap<>(TestDatabase.settings());
    settings.put("micronaut.server.port", "-1");
    settings.put("latchkey.master-key", Node.masterKey());
    return ServiceProcess.environment(settings);
  }

  /** A service that survived the test before serves the next one. */
  @BeforeEach
  void start() throws IOException {
    if (!SERVICE.isAlive()) {
      SERVICE.start();
    }
  }

  @AfterAll
  static void end() {
    SERVICE.stop();
  }

  @Test
  void aKillBetweenCommitAndAnswerLosesNothing() throws Exception {
    String token = new Client(SERVICE.address()).newcomer().refresh();
    String lost;
    try (LossyProxy proxy = LossyProxy.before(SERVICE.address(), SERVICE::kill)) {
      assertThatThrownBy(() -> proxy.client().refresh(token))
          .isInstanceOf(UncheckedIOException.class);
      lost = proxy.lostRefreshToken();
    }
    assertThat(SERVICE.isAlive()).isFalse();

    start();
    Answer retry = new Client(SERVICE.address()).refresh(token).hasStatus(200);

    assertThat(retry.text("/outcome")).isEqualTo("retried");
    assertThat(retry.refreshToken()).isEqualTo(lost);
  }

  /**
   * Exchanges are under way in every stage when the process dies; each client sends its last
   * request again.
   */
  @Test
  void aKillAmongManyExchangesLosesNoSession() throws Exception {
    int clients = 8;
    int answersBeforeTheKill = 200;
    Client client = new Client(SERVICE.address());
    List<String> first = Race.run(clients, _ -> client.newcomer().refresh());
    var answers = new AtomicInteger();

    List<String> unanswered =
        Race.run(
            clients,
            number -> {
              String current = first.get(number);
              while (true) {
                try {
                  current = client.refresh(current).hasStatus(200).refreshToken();
                } catch (UncheckedIOException e) {
                  return current;
                }
                if (answers.incrementAndGet() == answersBeforeTheKill) {
                  SERVICE.kill();
                }
              }
            });

    start();
    Client again = new Client(SERVICE.address());
    assertThat(unanswered)
        .allSatisfy(
            token -> {
              String successor = again.refresh(token).hasStatus(200).refreshToken();
              assertThat(TokenBytes.generationOf(successor))
                  .isEqualTo(TokenBytes.generationOf(token) + 1);
              again.refresh(successor).hasStatus(200);
            });
  }
}
