package dev.latchkey.bootstrap.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.bootstrap.http.Answer;
import dev.latchkey.bootstrap.http.Client;
import dev.latchkey.bootstrap.http.Tokens;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that wants to see the expired access token before it exchanges. */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class OnlyAfterExpiryTest {

  private static final Node NODE = Node.start(Map.of("latchkey.refresh.only-after-expiry", "true"));
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Client client = NODE.client();
  private Tokens tokens = client.newcomer();

  @BeforeEach
  void start() {
    NODE.clock().reset();
    tokens = client.newcomer();
  }

  @AfterAll
  static void stop() {
    NODE.close();
  }

  @Test
  void anExchangeBeforeExpiryIsRefusedAndChangesNothing() {
    refresh(tokens.refresh(), tokens.access()).isProblem(409, "access_token_not_expired");

    NODE.clock().advance(LIFETIME);
    Answer answer = refresh(tokens.refresh(), tokens.access()).hasStatus(200);
    assertThat(TokenBytes.generationOf(answer.refreshToken())).isEqualTo(1);
  }

  @Test
  void anExchangeWithoutTheAccessTokenIsRefusedAndChangesNothing() {
    NODE.clock().advance(LIFETIME);
    client.refresh(tokens.refresh()).isProblem(409, "access_token_not_expired");

    assertThat(
            TokenBytes.generationOf(
                refresh(tokens.refresh(), tokens.access()).hasStatus(200).refreshToken()))
        .isEqualTo(1);
  }

  @Test
  void theExpiredAccessTokenOfAnotherSessionIsRefusedAndChangesNothing() {
    Tokens another = client.newcomer();
    NODE.clock().advance(LIFETIME);

    refresh(tokens.refresh(), another.access()).isProblem(401, "access_token_mismatch");

    refresh(tokens.refresh(), tokens.access()).hasStatus(200);
  }

  @Test
  void aRetryWithTheSameExpiredAccessTokenGetsTheIdenticalRefreshToken() {
    NODE.clock().advance(LIFETIME);
    String lost = refresh(tokens.refresh(), tokens.access()).hasStatus(200).refreshToken();

    Answer retry = refresh(tokens.refresh(), tokens.access()).hasStatus(200);

    assertThat(retry.refreshToken()).isEqualTo(lost);
  }

  private Answer refresh(String refreshToken, String accessToken) {
    return client.post(
        "/api/auth/refresh", Map.of("refreshToken", refreshToken, "accessToken", accessToken));
  }
}
