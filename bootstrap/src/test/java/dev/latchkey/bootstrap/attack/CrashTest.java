package dev.latchkey.bootstrap.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.bootstrap.LatchkeyServer;
import dev.latchkey.bootstrap.http.Answer;
import dev.latchkey.bootstrap.http.Client;
import dev.latchkey.bootstrap.http.Concurrently;
import dev.latchkey.bootstrap.http.TestDatabase;
import dev.latchkey.embeddedpostgres.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service, in a process of its own, is killed, which it cannot notice; and started again. */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class CrashTest {

  private static @Nullable ChildJvm service;
  private static URI address = URI.create("");

  /** A service that survived the test before serves the next one. */
  @BeforeEach
  void start() throws IOException {
    if (service != null && service.isAlive()) {
      return;
    }
    var environment = new HashMap<String, String>();
    environment.put("MICRONAUT_SERVER_PORT", "-1");
    TestDatabase.properties()
        .forEach(
            (name, value) ->
                environment.put(
                    name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), String.valueOf(value)));
    ChildJvm started = ChildJvm.running(LatchkeyServer.class, Map.copyOf(environment));
    service = started;
    List<String> said = new ArrayList<>(List.of(started.readLine()));
    while (!said.getLast().startsWith("  API")) {
      assertThat(started.isAlive()).as("%s", said).isTrue();
      said.add(started.readLine());
    }
    address = URI.create(said.getLast().replaceFirst(".*(http://localhost:\\d+)/api", "$1"));
  }

  @AfterAll
  static void end() {
    running().terminate();
  }

  @Test
  void aKillBetweenCommitAndAnswerLosesNothing() throws Exception {
    String token = new Client(address).newcomer().refresh();
    String lost;
    try (LossyProxy proxy = LossyProxy.before(address, running()::kill)) {
      assertThatThrownBy(() -> proxy.client().refresh(token))
          .isInstanceOf(UncheckedIOException.class);
      lost = proxy.lostRefreshToken();
    }
    assertThat(running().isAlive()).isFalse();

    start();
    Answer retry = new Client(address).refresh(token).hasStatus(200);

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
    Client client = new Client(address);
    List<String> first = Concurrently.run(clients, _ -> client.newcomer().refresh());
    var answers = new AtomicInteger();

    List<String> unanswered =
        Concurrently.run(
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
                  running().kill();
                }
              }
            });

    start();
    Client again = new Client(address);
    assertThat(unanswered)
        .allSatisfy(
            token -> {
              String successor = again.refresh(token).hasStatus(200).refreshToken();
              assertThat(TokenBytes.generationOf(successor))
                  .isEqualTo(TokenBytes.generationOf(token) + 1);
              again.refresh(successor).hasStatus(200);
            });
  }

  private static ChildJvm running() {
    if (service == null) {
      throw new AssertionError("no service was started");
    }
    return service;
  }
}
