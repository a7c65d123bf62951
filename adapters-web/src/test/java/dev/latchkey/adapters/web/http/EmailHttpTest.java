package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** E-mail addresses, verified and changed by mailed codes. */
class EmailHttpTest extends HttpTest {

  private static final String VERIFICATION = "/api/accounts/email-verification";

  private final String username = Client.someone();
  private final String email = username + "@example.org";
  private final String newEmail = username + "@example.net";
  private Tokens tokens;

  @BeforeEach
  void register() {
    tokens = Tokens.of(client.register(username).hasStatus(201).json().get("tokens"));
  }

  @Test
  void anAddressIsVerifiedByTheCodeThatARegistrationMails() {
    assertThat(isVerified()).isFalse();

    verify(node.codeTo(email)).hasStatus(204);

    assertThat(isVerified()).isTrue();
    verify(node.codeTo(email)).isProblem(400, "invalid_code");
  }

  @Test
  void anotherCodeIsMailedUntilTheAddressIsVerified() {
    clock.advance(Duration.ofDays(2));
    client.post(VERIFICATION, Map.of("email", email)).hasStatus(202);

    verify(node.codeTo(email)).hasStatus(204);

    client.post(VERIFICATION, Map.of("email", email)).hasStatus(202);
    assertThat(node.mailTo(email).values()).doesNotContainEntry(MailField.CODE, "");
    client.post(VERIFICATION, Map.of("email", Client.someone() + "@example.org")).hasStatus(202);
  }

  @Test
  void aChangedAddressCountsOnceItsCodeComesBack() {
    change(newEmail, Client.PASSWORD).hasStatus(202);
    assertThat(client.me(accessToken()).text("/email")).isEqualTo(email);
    assertThat(node.mailTo(newEmail).kind()).isEqualTo(MailKind.EMAIL_CHANGE);

    verify(node.codeTo(newEmail)).hasStatus(204);

    assertThat(client.me(accessToken()).text("/email")).isEqualTo(newEmail);
    assertThat(isVerified()).isTrue();
    client.login(newEmail, Client.PASSWORD).hasStatus(200);
    client.login(email, Client.PASSWORD).isProblem(401, "invalid_credentials");
  }

  @Test
  void theOldAddressIsToldOfTheNewOne() {
    change(newEmail, Client.PASSWORD).hasStatus(202);
    verify(node.codeTo(newEmail)).hasStatus(204);

    assertThat(node.mailTo(email).kind()).isEqualTo(MailKind.EMAIL_CHANGED);
    assertThat(node.mailTo(email).values()).containsEntry(MailField.NEW_EMAIL, newEmail);
  }

  @Test
  void aCodeThatWasMailedToTheOldAddressIsGoodForNothingAfterwards() {
    client.post("/api/accounts/password-reset", Map.of("email", email)).hasStatus(202);
    String reset = node.codeTo(email);
    change(newEmail, Client.PASSWORD).hasStatus(202);
    verify(node.codeTo(newEmail)).hasStatus(204);

    client
        .put(
            "/api/accounts/password-reset",
            Map.of("code", reset, "newPassword", "seven loud geese at dawn"))
        .isProblem(400, "invalid_code");
  }

  @Test
  void anAddressThatIsTakenIsNotGivenAwayAndWhoeverAsksDoesNotLearnOfIt() {
    String other = Client.someone();
    client.register(other).hasStatus(201);

    change(other + "@example.org", Client.PASSWORD).hasStatus(202);

    assertThat(node.mailTo(other + "@example.org").kind()).isEqualTo(MailKind.ADDRESS_IN_USE);
    assertThat(client.me(accessToken()).text("/email")).isEqualTo(email);
  }

  @Test
  void anAddressIsChangedByWhoeverKnowsThePassword() {
    change(newEmail, "wrong").isProblem(403, "wrong_password");
    change("no address", Client.PASSWORD)
        .isProblem(400, "validation_failed")
        .hasFieldError("email", "invalid_format");
  }

  private boolean isVerified() {
    return client.me(accessToken()).hasStatus(200).json().get("emailVerified").asBoolean();
  }

  /** Tests move the clock; the session goes on. */
  private String accessToken() {
    tokens = Tokens.of(client.refresh(tokens.refresh()).hasStatus(200).json());
    return tokens.access();
  }

  private Answer change(String address, String password) {
    return client.put(
        "/api/accounts/me/email",
        Map.of("email", address, "password", password),
        "Authorization",
        "Bearer " + accessToken());
  }

  private Answer verify(String code) {
    return client.put(VERIFICATION, Map.of("code", code));
  }
}
