package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.testkit.RecordedMails;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A password that nobody knows any more is replaced by a mailed code. */
class PasswordResetHttpTest extends HttpTest {

  private static final String RESET = "/api/accounts/password-reset";
  private static final String NEW_PASSWORD = "seven loud geese at dawn";

  private final String username = Client.someone();
  private final String email = username + "@example.org";
  private Tokens laptop;

  @BeforeEach
  void register() {
    laptop = Tokens.of(client.register(username).hasStatus(201).json().get("tokens"));
  }

  @Test
  void aMailedCodeSetsANewPasswordAndEndsAllSessions() {
    request(email).hasStatus(202);
    String code = node.codeTo(email);

    reset(code, NEW_PASSWORD).hasStatus(204);

    client.refresh(laptop.refresh()).isProblem(401, "session_revoked");
    client.login(username, Client.PASSWORD).isProblem(401, "invalid_credentials");
    client.login(username, NEW_PASSWORD).hasStatus(200);
    assertThat(node.mailTo(email).kind()).isEqualTo(MailKind.PASSWORD_CHANGED);
  }

  @Test
  void aCodeIsGoodForOneReset() {
    request(email).hasStatus(202);
    String code = node.codeTo(email);
    reset(code, NEW_PASSWORD).hasStatus(204);

    reset(code, Client.PASSWORD).isProblem(400, "invalid_code");
    client.login(username, NEW_PASSWORD).hasStatus(200);
  }

  @Test
  void aCodeExpiresAfterHalfAnHour() {
    request(email).hasStatus(202);
    String code = node.codeTo(email);
    clock.advance(Duration.ofMinutes(30));

    reset(code, NEW_PASSWORD).isProblem(400, "invalid_code");
  }

  @Test
  void aCodeMayBeTypedInSmallLettersAndWithoutHyphens() {
    request(email).hasStatus(202);

    reset(node.codeTo(email).replace("-", " ").toLowerCase(Locale.ROOT), NEW_PASSWORD)
        .hasStatus(204);
  }

  @Test
  void aNewPasswordThatIsRefusedLeavesTheCodeAsItIs() {
    request(email).hasStatus(202);
    String code = node.codeTo(email);

    reset(code, "short")
        .isProblem(400, "validation_failed")
        .hasFieldError("newPassword", "too_short");
    reset(code, "password123")
        .isProblem(400, "validation_failed")
        .hasFieldError("newPassword", "too_common");
    reset(code, NEW_PASSWORD).hasStatus(204);
  }

  @Test
  void theAnswerIsTheSameForAnAddressThatNobodyHas() {
    String nobody = Client.someone() + "@example.org";
    Answer known = request(email);
    Answer unknown = request(nobody);

    assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(202);
    assertThat(unknown.body()).isEqualTo(known.body());
    assertThat(unknown.http().headers().map().keySet())
        .isEqualTo(known.http().headers().map().keySet());
    assertThat(node.mailTo(email).kind()).isEqualTo(MailKind.PASSWORD_RESET);
    assertThat(node.bean(RecordedMails.class).all())
        .noneMatch(mail -> mail.to().text().equals(nobody));
  }

  @Test
  void anAddressGetsNoMoreThanAFewCodes() {
    for (int i = 0; i < 8; i++) {
      request(email).hasStatus(202);
    }
    var _ = node.mailTo(email);

    assertThat(node.bean(RecordedMails.class).all())
        .filteredOn(mail -> mail.to().text().equals(email))
        .filteredOn(mail -> mail.kind() == MailKind.PASSWORD_RESET)
        .as("the mail of the registration counts as well")
        .hasSize(3);
  }

  @Test
  void whatIsNoCodeIsRefused() {
    reset("0123-4567-89AB-CDEF-GHJK-MNPQ", NEW_PASSWORD).isProblem(400, "invalid_code");
    reset("no code", NEW_PASSWORD).isProblem(400, "invalid_code");
    reset("", NEW_PASSWORD).isProblem(400, "validation_failed").hasFieldError("code", "required");
    reset("x".repeat(65), NEW_PASSWORD)
        .isProblem(400, "validation_failed")
        .hasFieldError("code", "too_long");
    request("no address")
        .isProblem(400, "validation_failed")
        .hasFieldError("email", "invalid_format");
  }

  @Test
  void aCodeOfAnotherPurposeIsRefused() {
    String verification = node.codeTo(email);

    reset(verification, NEW_PASSWORD).isProblem(400, "invalid_code");
    client.put("/api/accounts/email-verification", Map.of("code", verification)).hasStatus(204);
  }

  @Test
  void aChangeOfPasswordEndsTheCodesThatWereMailedBefore() {
    request(email).hasStatus(202);
    String code = node.codeTo(email);
    client
        .put(
            "/api/accounts/me/password",
            Map.of("currentPassword", Client.PASSWORD, "newPassword", NEW_PASSWORD),
            "Authorization",
            "Bearer " + laptop.access())
        .hasStatus(204);

    reset(code, Client.PASSWORD).isProblem(400, "invalid_code");
  }

  private Answer request(String address) {
    return client.post(RESET, Map.of("email", address));
  }

  private Answer reset(String code, String password) {
    return client.put(RESET, Map.of("code", code, "newPassword", password));
  }
}
