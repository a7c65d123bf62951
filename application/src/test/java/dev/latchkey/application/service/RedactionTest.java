package dev.latchkey.application.service;

import static dev.latchkey.testkit.FakeRegisteredClients.RESOURCE_SERVER;
import static dev.latchkey.testkit.FakeRegisteredClients.SECRET;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.in.account.ChangePassword;
import dev.latchkey.application.port.in.account.DeleteAccount;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.application.port.in.client.AuthenticateClient;
import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.application.service.attempt.Guess;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whatever is logged or ends up in the message of an exception, no secret is in it. */
final class RedactionTest {

  private static final Device DEVICE = new Device(null, null);
  private static final String IDEMPOTENCY_KEY = "my-own-name-for-it";

  private static final Code CODE = Code.of("fifteen bytes..".getBytes(StandardCharsets.US_ASCII));

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final Register.Command registration =
      new Register.Command(
          Username.of("ada"),
          EmailAddress.of("ada@example.org"),
          NewPassword.of(PASSWORD),
          null,
          null,
          ClientId.FIRST_PARTY,
          null,
          DEVICE);
  private final Register.Result.Registered registered =
      (Register.Result.Registered) latchkey.register().execute(registration);
  private final IssuedTokens tokens = registered.tokens();

  @Test
  void commandsShowNoSecret() {
    assertNoSecretIn(registration);
    assertNoSecretIn(
        new Login.Command("ada", Password.of(PASSWORD), null, ClientId.FIRST_PARTY, null, DEVICE));
    assertNoSecretIn(exchange());
    assertNoSecretIn(
        new RevokeToken.Command(
            new RevokeToken.Token.Refresh(tokens.refreshTokenText()),
            ClientId.FIRST_PARTY,
            null,
            DEVICE));
    assertNoSecretIn(
        new RevokeToken.Command(
            new RevokeToken.Token.Any(tokens.accessTokenText()),
            ClientId.FIRST_PARTY,
            null,
            DEVICE));
    assertNoSecretIn(new IntrospectToken.Command(tokens.accessTokenText(), RESOURCE_SERVER));
    assertNoSecretIn(
        new AuthenticateClient.Command(ClientId.FIRST_PARTY, new ClientSecret(SECRET), DEVICE));
    assertNoSecretIn(new AuthenticateBearer.Command(tokens.accessTokenText(), null));
  }

  @Test
  void commandsOfAnAccountShowNoSecret() {
    UserId user = registered.user().id();
    SessionId session = tokens.session().id();
    Password password = Password.of(PASSWORD);
    NewPassword newPassword = NewPassword.of(PASSWORD);
    assertNoSecretIn(
        new ChangePassword.Command(user, session, password, newPassword, true, DEVICE));
    assertNoSecretIn(
        new ChangeEmail.Command(user, session, password, registered.user().email(), DEVICE));
    assertNoSecretIn(new DeleteAccount.Command(user, session, password, DEVICE));
    assertNoSecretIn(new ResetPassword.Command(Optional.of(CODE), newPassword, DEVICE));
    assertNoSecretIn(new VerifyEmail.Command(Optional.of(CODE), DEVICE));
  }

  @Test
  void whatIsKnownOfMailShowsNoSecret() {
    var id = new MailId(new UUID(0, 1));
    EmailAddress to = registered.user().email();
    assertNoSecretIn(CODE);
    assertNoSecretIn(
        new MailedCode(
            CODE.hash(), CodePurpose.PASSWORD_RESET, registered.user().id(), to, Instant.EPOCH));
    assertNoSecretIn(
        new OutboxMail(id, MailKind.PASSWORD_RESET, to, null, Map.of(), Instant.EPOCH, 1));
    Map<MailField, String> values =
        Map.of(
            MailField.USERNAME, "ada",
            MailField.CODE, CODE.reveal(),
            MailField.EXPIRES_AT, "later");
    assertNoSecretIn(new Mail(id, MailKind.PASSWORD_RESET, to, values));
    assertThat(new Mail(id, MailKind.PASSWORD_RESET, to, values))
        .hasToString("Mail[id=" + id + ", kind=PASSWORD_RESET]");
    assertThatThrownBy(() -> new Mail(id, MailKind.NEW_DEVICE, to, values))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(this::assertNoSecretIn);
  }

  @Test
  void aComparedPasswordShowsNoHash() {
    var guess =
        new Guess(
            new Guess.Claim.BySession(registered.user().id(), tokens.session().id()),
            Password.of(PASSWORD),
            DEVICE.network());
    assertNoSecretIn(guess);
    latchkey.hasher().changeCost("2");
    assertNoSecretIn(latchkey.passwordGate().compare(guess));
  }

  @Test
  void resultsShowNoSecret() {
    assertNoSecretIn(registered);
    assertNoSecretIn(
        latchkey
            .login()
            .execute(
                new Login.Command(
                    "ada", Password.of(PASSWORD), null, ClientId.FIRST_PARTY, null, DEVICE)));
    assertNoSecretIn(latchkey.exchange().execute(exchange()));
    assertNoSecretIn(latchkey.authenticate(tokens.accessTokenText()));
  }

  @Test
  void aSealedSigningKeyShowsNoKey() {
    byte[] sealed = {1, 2, 3};
    SigningKey facts =
        new NextSigningKey(
                1, SigningAlgorithm.ES256, Instant.EPOCH, Instant.EPOCH, Duration.ofMinutes(5))
            .made("kid");
    var key = new SealedSigningKey(facts, new byte[0], sealed, new MasterKeyId(1));

    assertThat(key.toString())
        .doesNotContain(Arrays.toString(sealed))
        .isEqualTo("SealedSigningKey[key=" + facts + "]");
  }

  private ExchangeRefreshToken.Command exchange() {
    return new ExchangeRefreshToken.Command(
        tokens.refreshTokenText(),
        ClientId.FIRST_PARTY,
        IdempotencyKey.of(IDEMPOTENCY_KEY),
        tokens.accessTokenText(),
        null,
        TestApplication.DEVICE);
  }

  private void assertNoSecretIn(Object object) {
    byte[] salt = tokens.session().salt().bytes();
    assertThat(object.toString())
        .doesNotContain(PASSWORD)
        .doesNotContain("lkr_fake.")
        .doesNotContain("access_fake.")
        .doesNotContain("$fake$")
        .doesNotContain(IDEMPOTENCY_KEY)
        .doesNotContain(CODE.reveal())
        .doesNotContain(CODE.reveal().replace("-", ""))
        .doesNotContain(HexFormat.of().formatHex(salt))
        .doesNotContain(Arrays.toString(salt));
  }
}
