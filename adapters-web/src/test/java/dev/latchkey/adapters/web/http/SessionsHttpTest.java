package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users see and end sessions of their own, and no others. */
final class SessionsHttpTest extends HttpTest {

  private final String name = Client.someone();
  private Tokens phone = new Tokens("", "", "");
  private Tokens laptop = phone;
  private Tokens tablet = phone;

  @BeforeEach
  void signInOnThreeDevices() {
    phone = Tokens.of(client.register(name).hasStatus(201).json().at("/tokens"));
    laptop = Tokens.of(client.login(name, Client.PASSWORD).hasStatus(200).json());
    tablet = Tokens.of(client.login(name, Client.PASSWORD).hasStatus(200).json());
  }

  @Test
  void theListHasOnesOwnSessionsAndNoToken() {
    client.newcomer();

    Answer list = list(laptop);

    assertThat(list.json().at("/sessions").findValuesAsText("id"))
        .containsExactly(phone.sessionId(), laptop.sessionId(), tablet.sessionId());
    assertThat(list.json().at("/sessions").findValuesAsText("current"))
        .containsExactly("false", "true", "false");
    assertThat(list.body()).doesNotContain("lkr_", "salt", "generation");
  }

  @Test
  void aSessionThatIsEndedIsRefusedAndNoLongerListed() {
    end(laptop, phone.sessionId()).hasStatus(204);

    client.refresh(phone.refresh()).isProblem(401, "session_revoked");
    client.refresh(laptop.refresh()).hasStatus(200);
    assertThat(list(laptop).json().at("/sessions").findValuesAsText("id"))
        .containsExactly(laptop.sessionId(), tablet.sessionId());
    end(laptop, phone.sessionId()).isProblem(404, "not_found");
  }

  @Test
  void somebodyElsesSessionIsNotFoundAndLivesOn() {
    Tokens stranger = client.newcomer();

    end(stranger, phone.sessionId()).isProblem(404, "not_found");
    end(stranger, UUID.randomUUID().toString()).isProblem(404, "not_found");
    end(stranger, "1").isProblem(404, "not_found");

    client.refresh(phone.refresh()).hasStatus(200);
  }

  @Test
  void allOthersCanBeEndedAtOnce() {
    Tokens stranger = client.newcomer();

    delete(laptop, "/api/sessions?except=current").hasStatus(204);

    client.refresh(phone.refresh()).isProblem(401, "session_revoked");
    client.refresh(tablet.refresh()).isProblem(401, "session_revoked");
    client.refresh(laptop.refresh()).hasStatus(200);
    client.refresh(stranger.refresh()).hasStatus(200);
  }

  @Test
  void allAreNeverEndedByAForgottenParameter() {
    delete(laptop, "/api/sessions")
        .isProblem(400, "validation_failed")
        .hasFieldError("except", "invalid_value");

    client.refresh(phone.refresh()).hasStatus(200);
  }

  @Test
  void nobodyEndsASessionWithoutAnAccessToken() {
    client
        .send(client.request("/api/sessions/" + phone.sessionId()).DELETE())
        .isProblem(401, "access_token_required");

    client.refresh(phone.refresh()).hasStatus(200);
  }

  private Answer list(Tokens of) {
    return client.get("/api/sessions", "Authorization", "Bearer " + of.access()).hasStatus(200);
  }

  private Answer end(Tokens by, String sessionId) {
    return delete(by, "/api/sessions/" + sessionId);
  }

  private Answer delete(Tokens by, String path) {
    return client.send(client.request(path, "Authorization", "Bearer " + by.access()).DELETE());
  }
}
