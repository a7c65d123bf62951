package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service that wants to see the expired access token before it exchanges. */
final class OnlyAfterExpiryHttpTest extends HttpTest {

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private Tokens tokens = new Tokens("", "", "");

  OnlyAfterExpiryHttpTest() {
    super(Map.of("latchkey.refresh.only-after-expiry", "true"));
  }

  @BeforeEach
  void start() {
    tokens = client.newcomer();
  }

  @Test
  void anExchangeBeforeExpiryIsRefusedAndChangesNothing() {
    refresh(tokens.refresh(), tokens.access()).isProblem(409, "access_token_not_expired");

    clock.advance(LIFETIME);
    Answer answer = refresh(tokens.refresh(), tokens.access()).hasStatus(200);
    assertThat(TokenBytes.generationOf(answer.refreshToken())).isEqualTo(1);
  }

  @Test
  void aStandardClientIsToldTheSame() {
    Answer answer =
        client.form(
            "/oauth2/token",
            List.of(
                "grant_type", "refresh_token",
                "client_id", "latchkey",
                "refresh_token", tokens.refresh()));

    assertThat(answer.hasStatus(400).text("/error")).isEqualTo("invalid_grant");
    assertThat(answer.text("/error_description")).contains("after it has expired");
  }

  @Test
  void anExchangeWithoutTheAccessTokenIsRefusedAndChangesNothing() {
    clock.advance(LIFETIME);
    client.refresh(tokens.refresh()).isProblem(409, "access_token_not_expired");

    assertThat(
            TokenBytes.generationOf(
                refresh(tokens.refresh(), tokens.access()).hasStatus(200).refreshToken()))
        .isEqualTo(1);
  }

  @Test
  void theExpiredAccessTokenOfAnotherSessionIsRefusedAndChangesNothing() {
    Tokens another = client.newcomer();
    clock.advance(LIFETIME);

    refresh(tokens.refresh(), another.access()).isProblem(401, "access_token_mismatch");

    refresh(tokens.refresh(), tokens.access()).hasStatus(200);
  }

  @Test
  void aRetryWithTheSameExpiredAccessTokenGetsTheIdenticalRefreshToken() {
    clock.advance(LIFETIME);
    String lost = refresh(tokens.refresh(), tokens.access()).hasStatus(200).refreshToken();

    Answer retry = refresh(tokens.refresh(), tokens.access()).hasStatus(200);

    assertThat(retry.refreshToken()).isEqualTo(lost);
  }

  private Answer refresh(String refreshToken, String accessToken) {
    return client.post(
        "/api/auth/refresh", Map.of("refreshToken", refreshToken, "accessToken", accessToken));
  }
}
