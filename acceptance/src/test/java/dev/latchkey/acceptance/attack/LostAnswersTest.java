package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service exchanges, and its answer never arrives. */
@Timeout(180)
final class LostAnswersTest {

  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final String KEY = "5b0f4a3c-7e0e-4a58-a3f0-2a1b8f1f4f43";

  private final Client client = Target.client();
  private LossyProxy proxy;

  @BeforeEach
  void cutTheWayBack() throws IOException {
    proxy = LossyProxy.before(Target.address());
  }

  @AfterEach
  void mend() {
    proxy.close();
  }

  @Test
  void aRetryAtOnceGetsTheSuccessorThatWasLost() throws Exception {
    Tokens tokens = client.newcomer();
    String lost = loseSuccessorOf(tokens.refresh());

    isRetried(client.refresh(tokens.refresh()), lost);

    isRotated(client.refresh(lost));
  }

  @Test
  void aRetryAfterHalfAMinuteGetsTheSuccessorThatWasLost() throws Exception {
    Tokens tokens = client.newcomer();
    String lost = loseSuccessorOf(tokens.refresh());
    Target.letPass(Duration.ofSeconds(31));

    isRetried(client.refresh(tokens.refresh()), lost);
  }

  @Test
  void everyRetryOfManyThatAreLostGetsTheSameSuccessor() throws Exception {
    Tokens tokens = client.newcomer();
    String lost = loseSuccessorOf(tokens.refresh());
    for (int retry = 0; retry < 5; retry++) {
      assertThat(loseSuccessorOf(tokens.refresh())).isEqualTo(lost);
    }

    isRetried(client.refresh(tokens.refresh()), lost);
  }

  @Test
  void aRetryAfterTheWindowIsReuse() throws Exception {
    Tokens tokens = client.newcomer();
    String lost = loseSuccessorOf(tokens.refresh());
    Target.letPass(WINDOW);

    client.refresh(tokens.refresh()).isProblem(401, "refresh_token_reused");

    client.refresh(lost).isProblem(401, "session_revoked");
  }

  @Test
  void aRetryAfterTheWindowWithTheKeyOfTheExchangeGetsTheSuccessorThatWasLost() throws Exception {
    Tokens tokens = client.newcomer();
    String lost = loseSuccessorOf(tokens.refresh(), "Idempotency-Key", KEY);
    Target.letPass(WINDOW);

    isRetried(refresh(client, tokens.refresh(), "Idempotency-Key", KEY), lost);
  }

  @Test
  void aRetryAfterTheWindowWithAnotherKeyIsReuse() throws Exception {
    Tokens tokens = client.newcomer();
    loseSuccessorOf(tokens.refresh(), "Idempotency-Key", KEY);
    Target.letPass(WINDOW);

    refresh(client, tokens.refresh(), "Idempotency-Key", "another")
        .isProblem(401, "refresh_token_reused");
  }

  @Test
  void aLostAnswerToALogOutStillLoggedOut() throws Exception {
    Tokens tokens = client.newcomer();

    assertThatThrownBy(() -> proxy.client().revoke(tokens.refresh()))
        .isInstanceOf(UncheckedIOException.class);

    client.refresh(tokens.refresh()).isProblem(401, "session_revoked");
    client.revoke(tokens.refresh()).hasStatus(204);
  }

  private String loseSuccessorOf(String refreshToken, String... headers) throws Exception {
    assertThatThrownBy(() -> refresh(proxy.client(), refreshToken, headers))
        .isInstanceOf(UncheckedIOException.class);
    return proxy.lostRefreshToken();
  }

  private static Answer refresh(Client client, String refreshToken, String... headers) {
    return client.post("/api/auth/refresh", Map.of("refreshToken", refreshToken), headers);
  }

  private static void isRetried(Answer answer, String successor) {
    assertThat(answer.hasStatus(200).text("/outcome")).isEqualTo("retried");
    assertThat(answer.refreshToken()).isEqualTo(successor);
  }

  private static void isRotated(Answer answer) {
    assertThat(answer.hasStatus(200).text("/outcome")).isEqualTo("rotated");
  }
}
