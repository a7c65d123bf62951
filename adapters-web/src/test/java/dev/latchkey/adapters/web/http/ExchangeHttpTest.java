package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.testkit.Race;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExchangeHttpTest extends HttpTest {

  @Test
  void anExchangeGivesANewAccessTokenAndTheNextRefreshToken() {
    Tokens first = client.newcomer();

    Answer answer = client.refresh(first.refresh()).hasStatus(200);

    assertThat(answer.text("/outcome")).isEqualTo("rotated");
    assertThat(answer.text("/tokenType")).isEqualTo("Bearer");
    assertThat(answer.json().at("/expiresIn").asInt()).isEqualTo(300);
    assertThat(answer.text("/sessionId")).isEqualTo(first.sessionId());
    assertThat(answer.refreshToken())
        .matches("lkr_[A-Za-z0-9_-]{72}")
        .isNotEqualTo(first.refresh());
    assertThat(answer.accessToken()).isNotEqualTo(first.access());
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    client.me(first.access()).hasStatus(200);
    client.me(answer.accessToken()).hasStatus(200);
  }

  @Test
  void aRetryGetsTheIdenticalRefreshToken() {
    Tokens first = client.newcomer();
    Answer lost = client.refresh(first.refresh()).hasStatus(200);
    clock.advance(Duration.ofSeconds(31));

    Answer retry = client.refresh(first.refresh()).hasStatus(200);

    assertThat(retry.text("/outcome")).isEqualTo("retried");
    assertThat(retry.refreshToken()).isEqualTo(lost.refreshToken());
  }

  @Test
  void sixtyFourExchangesAtOnceGiveOneSuccessor() {
    Tokens first = client.newcomer();

    var answers = Race.run(64, _ -> client.refresh(first.refresh()));

    assertThat(answers).allSatisfy(answer -> answer.hasStatus(200));
    assertThat(answers)
        .extracting(Answer::refreshToken)
        .containsOnly(answers.getFirst().refreshToken());
    assertThat(answers).filteredOn(answer -> answer.text("/outcome").equals("rotated")).hasSize(1);
    assertThat(generationOf(first.sessionId())).isEqualTo(1);
  }

  @Test
  void aSpentTokenThatComesBackLateEndsTheSession() {
    Tokens first = client.newcomer();
    String second = client.refresh(first.refresh()).hasStatus(200).refreshToken();
    clock.advance(Duration.ofSeconds(60));

    Answer reuse = client.refresh(first.refresh()).isProblem(401, "refresh_token_reused");

    assertThat(reuse.header("Cache-Control")).isEqualTo("no-store");
    client.refresh(second).isProblem(401, "session_revoked");
    client.refresh(first.refresh()).isProblem(401, "session_revoked");
  }

  @Test
  void aTokenTwoGenerationsOldIsReuseEvenAtOnce() {
    Tokens first = client.newcomer();
    String second = client.refresh(first.refresh()).hasStatus(200).refreshToken();
    client.refresh(second).hasStatus(200);

    client.refresh(first.refresh()).isProblem(401, "refresh_token_reused");
  }

  @Test
  void anIdempotencyKeyMakesALateRetryPossible() {
    Tokens first = client.newcomer();
    Map<String, String> body = Map.of("refreshToken", first.refresh());
    Answer lost =
        client.post("/api/auth/refresh", body, "Idempotency-Key", "8e03978e").hasStatus(200);
    clock.advance(Duration.ofHours(23));

    Answer retry =
        client.post("/api/auth/refresh", body, "Idempotency-Key", "8e03978e").hasStatus(200);

    assertThat(retry.refreshToken()).isEqualTo(lost.refreshToken());
    client
        .post("/api/auth/refresh", body, "Idempotency-Key", "another")
        .isProblem(401, "refresh_token_reused");
  }

  @Test
  void anIdempotencyKeyThatIsNoneIsRefused() {
    Map<String, String> body = Map.of("refreshToken", client.newcomer().refresh());
    client
        .post("/api/auth/refresh", body, "Idempotency-Key", "k".repeat(256))
        .isProblem(400, "validation_failed")
        .hasFieldError("Idempotency-Key", "invalid_format");
  }

  @Test
  void anIdleSessionExpires() {
    Tokens first = client.newcomer();
    clock.advance(Duration.ofDays(7));

    client.refresh(first.refresh()).isProblem(401, "refresh_token_expired");
  }

  @Test
  void theAccessTokenSentAlongMustBeOfTheSameSession() {
    Tokens mine = client.newcomer();
    Tokens other = client.newcomer();
    clock.advance(Duration.ofMinutes(6));

    client
        .post(
            "/api/auth/refresh",
            Map.of("refreshToken", mine.refresh(), "accessToken", other.access()))
        .isProblem(401, "access_token_mismatch");
    client
        .post("/api/auth/refresh", Map.of("refreshToken", mine.refresh(), "accessToken", "garbage"))
        .isProblem(401, "access_token_mismatch");
    client
        .post(
            "/api/auth/refresh",
            Map.of("refreshToken", mine.refresh(), "accessToken", mine.access()))
        .hasStatus(200);
  }

  @Test
  void aFlippedBitMakesTheTokenUnknownAndChangesNothing() {
    Tokens tokens = client.newcomer();
    byte[] flipped = TokenBytes.of(tokens.refresh());
    flipped[TokenBytes.TAG] ^= 1;

    client.refresh(TokenBytes.toText(flipped)).isProblem(401, "invalid_refresh_token");

    assertThat(generationOf(tokens.sessionId())).isZero();
    client.refresh(tokens.refresh()).hasStatus(200);
  }

  @Test
  void loggingOutEndsTheSession() {
    Tokens tokens = client.newcomer();

    Answer answer = client.revoke(tokens.refresh()).hasStatus(204);

    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    client.refresh(tokens.refresh()).isProblem(401, "session_revoked");
    client.revoke(tokens.refresh()).hasStatus(204);
    client.revoke("unknown").hasStatus(204);
  }

  @Test
  void loggingOutWithAnAccessTokenAloneEndsItsSession() {
    Tokens tokens = client.newcomer();
    String bearer = "Bearer " + tokens.access();

    client
        .send(client.request("/api/auth/revoke", "Authorization", bearer).POST(noBody()))
        .hasStatus(204);

    client.refresh(tokens.refresh()).isProblem(401, "session_revoked");
  }

  @Test
  void loggingOutWithNothingIsRefused() {
    client
        .send(client.request("/api/auth/revoke").POST(noBody()))
        .isProblem(401, "access_token_required");
    client.postText("/api/auth/revoke", "{}").isProblem(401, "access_token_required");
  }

  @Test
  void oneSessionEndsAndTheOtherLives() {
    String name = Client.someone();
    client.register(name).hasStatus(201);
    Answer phone = client.login(name, Client.PASSWORD).hasStatus(200);
    Answer laptop = client.login(name + "@EXAMPLE.org", Client.PASSWORD).hasStatus(200);

    client.revoke(phone.refreshToken()).hasStatus(204);

    client.refresh(phone.refreshToken()).isProblem(401, "session_revoked");
    client.refresh(laptop.refreshToken()).hasStatus(200);
  }

  private static BodyPublisher noBody() {
    return BodyPublishers.noBody();
  }

  /** As it is stored. */
  private int generationOf(String sessionId) {
    return node.bean(Sessions.class)
        .find(new SessionId(UUID.fromString(sessionId)))
        .orElseThrow()
        .generation()
        .value();
  }
}
