package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users do with their own account. */
class OwnAccountHttpTest extends HttpTest {

  private static final String NEW_PASSWORD = "seven loud geese at dawn";

  private final String username = Client.someone();
  private final String email = username + "@example.org";
  private Tokens laptop;
  private Tokens phone;

  @BeforeEach
  void register() {
    laptop = Tokens.of(client.register(username).hasStatus(201).json().get("tokens"));
    phone = Tokens.of(client.login(username, Client.PASSWORD).hasStatus(200).json());
  }

  @Test
  void aPasswordIsChangedByWhoeverKnowsIt() {
    changePassword(Client.PASSWORD, NEW_PASSWORD).hasStatus(204);

    client.login(username, Client.PASSWORD).isProblem(401, "invalid_credentials");
    client.login(username, NEW_PASSWORD).hasStatus(200);
    assertThat(node.mailTo(email).kind()).isEqualTo(MailKind.PASSWORD_CHANGED);
  }

  @Test
  void theCurrentSessionGoesOnAndAllOthersEnd() {
    changePassword(Client.PASSWORD, NEW_PASSWORD).hasStatus(204);

    client.me(laptop.access()).hasStatus(200);
    client.refresh(laptop.refresh()).hasStatus(200);
    client.me(phone.access()).isProblem(401, "invalid_access_token");
    client.refresh(phone.refresh()).isProblem(401, "session_revoked");
  }

  @Test
  void otherSessionsGoOnIfTheCallerSaysSo() {
    put(
            "/api/accounts/me/password",
            Map.of(
                "currentPassword",
                Client.PASSWORD,
                "newPassword",
                NEW_PASSWORD,
                "otherSessions",
                "keep"))
        .hasStatus(204);

    client.refresh(phone.refresh()).hasStatus(200);
  }

  @Test
  void aWrongPasswordChangesNothingAndCounts() {
    for (int i = 0; i < 6; i++) {
      changePassword("wrong", NEW_PASSWORD).isProblem(403, "wrong_password");
    }
    Answer delayed = changePassword(Client.PASSWORD, NEW_PASSWORD);
    delayed.isProblem(429, "too_many_attempts");
    assertThat(delayed.header("Retry-After")).isEqualTo("1");

    client.refresh(phone.refresh()).hasStatus(200);
    client.login(username, Client.PASSWORD).hasStatus(200);
    clock.advance(Duration.ofSeconds(1));
    changePassword(Client.PASSWORD, NEW_PASSWORD).hasStatus(204);
  }

  @Test
  void aNewPasswordKeepsToTheRules() {
    changePassword(Client.PASSWORD, "short")
        .isProblem(400, "validation_failed")
        .hasFieldError("newPassword", "too_short");
    changePassword(Client.PASSWORD, "password123")
        .isProblem(400, "validation_failed")
        .hasFieldError("newPassword", "too_common");
    changePassword(Client.PASSWORD, username + "1")
        .isProblem(400, "validation_failed")
        .hasFieldError("newPassword", "too_similar");
    put("/api/accounts/me/password", Map.of())
        .isProblem(400, "validation_failed")
        .hasFieldError("currentPassword", "required")
        .hasFieldError("newPassword", "required");
    put(
            "/api/accounts/me/password",
            Map.of(
                "currentPassword",
                Client.PASSWORD,
                "newPassword",
                NEW_PASSWORD,
                "otherSessions",
                "perhaps"))
        .isProblem(400, "validation_failed")
        .hasFieldError("otherSessions", "invalid_value");
    client.login(username, Client.PASSWORD).hasStatus(200);
  }

  @Test
  void namesAreChangedOneByOne() {
    send("PATCH", "/api/accounts/me", Map.of("firstName", "Ada", "lastName", "Lovelace"))
        .hasStatus(200);
    Answer changed =
        send("PATCH", "/api/accounts/me", Map.of("firstName", "Augusta")).hasStatus(200);
    assertThat(changed.text("/firstName")).isEqualTo("Augusta");
    assertThat(changed.text("/lastName")).isEqualTo("Lovelace");

    send("PATCH", "/api/accounts/me", Map.of("lastName", "")).hasStatus(200);

    Answer shown = client.me(laptop.access()).hasStatus(200);
    assertThat(shown.text("/firstName")).isEqualTo("Augusta");
    assertThat(shown.json().has("lastName")).isFalse();
    send("PATCH", "/api/accounts/me", Map.of("firstName", "\u202e"))
        .isProblem(400, "validation_failed")
        .hasFieldError("firstName", "forbidden_character");
    send("PATCH", "/api/accounts/me", Map.of("username", "eve"))
        .isProblem(400, "validation_failed")
        .hasFieldError("username", "unknown");
  }

  @Test
  void anAccountIsDeletedWithAllThatBelongsToIt() {
    delete(Client.PASSWORD).hasStatus(204);

    client.me(laptop.access()).isProblem(401, "invalid_access_token");
    client.refresh(laptop.refresh()).isProblem(401, "invalid_refresh_token");
    client.refresh(phone.refresh()).isProblem(401, "invalid_refresh_token");
    client.login(username, Client.PASSWORD).isProblem(401, "invalid_credentials");
    client.login(email, Client.PASSWORD).isProblem(401, "invalid_credentials");
    assertThat(node.mailTo(email).kind()).isEqualTo(MailKind.ACCOUNT_DELETED);
  }

  @Test
  void aUserNameIsFreeAgainAfter90DaysAndAnAddressAtOnce() {
    delete(Client.PASSWORD).hasStatus(204);

    client.register(username).isProblem(409, "username_taken");
    registerAs(Client.someone(), email).hasStatus(201);
    clock.advance(Duration.ofDays(89));
    client.register(username).isProblem(409, "username_taken");
    clock.advance(Duration.ofDays(1));
    registerAs(username, Client.someone() + "@example.org").hasStatus(201);
  }

  @Test
  void noAccountIsDeletedWithoutThePassword() {
    delete("wrong").isProblem(403, "wrong_password");
    send("DELETE", "/api/accounts/me", Map.of())
        .isProblem(400, "validation_failed")
        .hasFieldError("password", "required");

    client.me(laptop.access()).hasStatus(200);
  }

  @Test
  void theLastActiveAdministratorStays() {
    changeRoles(username, "user", "admin");
    Users users = node.bean(Users.class);
    UserId self =
        node.bean(Transactions.class)
            .execute(() -> users.findByUsername(Username.of(username)).orElseThrow().id());
    Set<UserId> _ =
        node.bean(Transactions.class)
            .execute(
                () -> {
                  Set<UserId> administrators = users.lockAdministrators();
                  administrators.stream()
                      .filter(user -> !user.equals(self))
                      .forEach(user -> users.changeRoles(user, Set.of(Role.USER)));
                  return administrators;
                });

    delete(Client.PASSWORD).isProblem(409, "last_administrator");

    client.me(laptop.access()).hasStatus(200);
    Tokens _ = newcomerWithRoles("admin");
    delete(Client.PASSWORD).hasStatus(204);
  }

  @Test
  void nothingOfThisIsDoneWithoutAnAccessToken() {
    client.put("/api/accounts/me/password", Map.of()).hasStatus(401);
    client.put("/api/accounts/me/email", Map.of()).hasStatus(401);
    client.json("PATCH", "/api/accounts/me", Map.of()).hasStatus(401);
    client.json("DELETE", "/api/accounts/me", Map.of()).hasStatus(401);
  }

  private Answer registerAs(String name, String address) {
    return client.post(
        "/api/accounts", Map.of("username", name, "email", address, "password", Client.PASSWORD));
  }

  private Answer changePassword(String current, String replacement) {
    return put(
        "/api/accounts/me/password",
        Map.of("currentPassword", current, "newPassword", replacement));
  }

  private Answer delete(String password) {
    return send("DELETE", "/api/accounts/me", Map.of("password", password));
  }

  private Answer put(String path, Map<String, ?> body) {
    return send("PUT", path, body);
  }

  private Answer send(String method, String path, Map<String, ?> body) {
    return client.json(method, path, body, "Authorization", "Bearer " + laptop.access());
  }
}
