package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a client may be limited to: some roles, and bound sessions. */
class ClientLimitsHttpTest extends HttpTest {

  private final String username = Client.someone();

  @Test
  void theTokensOfAClientNeverContainRolesThatItMayNotHave() {
    client.register(username).hasStatus(201);
    changeRoles(username, "user", "auditor", "admin");

    Answer login = login("reader").hasStatus(200);
    Answer refreshed = token("reader", login.refreshToken()).hasStatus(200);

    assertThat(rolesIn(login.accessToken())).containsExactly("auditor", "user");
    assertThat(rolesIn(refreshed.text("/access_token"))).containsExactly("auditor", "user");
    assertThat(refreshed.text("/scope")).isEqualTo("auditor user");
  }

  @Test
  void aClientMayAskForFewerRolesAndNotForMore() {
    client.register(username).hasStatus(201);
    changeRoles(username, "user", "auditor", "admin");
    Answer login = login("reader").hasStatus(200);

    Answer more = token("reader", login.refreshToken(), "scope", "auditor admin");
    Answer fewer = token("reader", login.refreshToken(), "scope", "auditor").hasStatus(200);

    assertThat(more.hasStatus(400).text("/error")).isEqualTo("invalid_scope");
    assertThat(rolesIn(fewer.text("/access_token"))).containsExactly("auditor");
  }

  @Test
  void otherClientsAreNotLimited() {
    client.register(username).hasStatus(201);
    changeRoles(username, "user", "auditor", "admin");

    assertThat(rolesIn(login("phone").hasStatus(200).accessToken()))
        .containsExactly("admin", "auditor", "user");
  }

  @Test
  void aClientThatMustBindStartsNoSessionWithoutAProof() {
    client.register(username).hasStatus(201);
    String issuer = client.get("/.well-known/oauth-authorization-server").text("/issuer");
    var device = new DeviceKey(issuer, clock);

    login("vault").isProblem(400, "invalid_dpop_proof");
    client
        .post(
            "/api/accounts",
            Map.of(
                "username",
                Client.someone(),
                "email",
                Client.someone() + "@example.org",
                "password",
                Client.PASSWORD,
                "clientId",
                "vault"))
        .isProblem(400, "invalid_dpop_proof");
    Answer bound = device.post(client, "/api/auth/login", credentials("vault")).hasStatus(200);

    assertThat(bound.text("/tokenType")).isEqualTo("DPoP");
  }

  private Answer login(String clientId) {
    return client.post("/api/auth/login", credentials(clientId));
  }

  private Map<String, String> credentials(String clientId) {
    return Map.of("username", username, "password", Client.PASSWORD, "clientId", clientId);
  }

  private Answer token(String clientId, String refreshToken, String... more) {
    return client.form(
        "/oauth2/token",
        Stream.concat(
                Stream.of(
                    "grant_type",
                    "refresh_token",
                    "client_id",
                    clientId,
                    "refresh_token",
                    refreshToken),
                Stream.of(more))
            .toList());
  }

  private List<String> rolesIn(String accessToken) {
    Answer introspected =
        client
            .form(
                "/oauth2/introspect",
                List.of("token", accessToken),
                "Authorization",
                TestClients.basic("orders", TestClients.SECRET))
            .hasStatus(200);
    return introspected.json().at("/roles").valueStream().map(role -> role.asText()).toList();
  }
}
