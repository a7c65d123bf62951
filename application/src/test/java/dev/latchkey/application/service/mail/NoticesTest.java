package dev.latchkey.application.service.mail;

import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Password;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The mails that users get about their log-ins and sessions. */
final class NoticesTest {

  private static final Device HOME = new Device("192.0.2.1", "Another laptop");
  private static final Device STRANGER = new Device("198.51.100.1", "Phone");

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final AccountLife life = latchkey.accountLife();
  private final IssuedTokens ada = latchkey.registered("ada");

  @Test
  void ofALogInFromAnUnknownDeviceAndNetwork() {
    assertThat(logIn(PASSWORD, null, STRANGER)).isInstanceOf(Login.Result.LoggedIn.class);

    Mail mail = life.delivered(MailKind.NEW_DEVICE);
    assertThat(mail.to()).hasToString("ada@example.org");
    assertThat(mail.values())
        .isEqualTo(
            Map.of(
                MailField.USERNAME, "ada",
                MailField.TIME, "2026-01-01 00:00 UTC",
                MailField.ADDRESS, "198.51.100.1",
                MailField.USER_AGENT, "Phone"));
  }

  @Test
  void notOfALogInFromAKnownNetworkOrDevice() {
    assertThat(logIn(PASSWORD, null, HOME)).isInstanceOf(Login.Result.LoggedIn.class);
    assertThat(logIn(PASSWORD, ada.refreshTokenText(), STRANGER))
        .isInstanceOf(Login.Result.LoggedIn.class);

    assertThat(sent(MailKind.NEW_DEVICE)).isZero();
  }

  @Test
  void ofTheFirstLogInFromANetworkOnly() {
    assertThat(logIn(PASSWORD, null, STRANGER)).isInstanceOf(Login.Result.LoggedIn.class);
    assertThat(logIn(PASSWORD, null, STRANGER)).isInstanceOf(Login.Result.LoggedIn.class);

    assertThat(sent(MailKind.NEW_DEVICE)).isOne();
  }

  @Test
  void notOfALogInThatIsRefused() {
    assertThat(logIn("wrong", null, STRANGER)).isInstanceOf(Login.Result.InvalidCredentials.class);

    assertThat(sent(MailKind.NEW_DEVICE)).isZero();
  }

  @Test
  void ofARefreshTokenThatCameBackOncePerSession() {
    TokenText spent = ada.refreshTokenText();
    IssuedTokens second = latchkey.exchanged(spent);
    var _ = latchkey.exchanged(second.refreshTokenText());

    assertThat(latchkey.exchange(spent))
        .isInstanceOf(ExchangeRefreshToken.Result.ReuseDetected.class);
    assertThat(latchkey.exchange(spent))
        .isNotInstanceOf(ExchangeRefreshToken.Result.Exchanged.class);

    assertThat(sent(MailKind.REFRESH_TOKEN_REUSED)).isOne();
    Mail mail = life.delivered(MailKind.REFRESH_TOKEN_REUSED);
    assertThat(mail.to()).hasToString("ada@example.org");
    assertThat(mail.values())
        .isEqualTo(
            Map.of(
                MailField.USERNAME, "ada",
                MailField.TIME, "2026-01-01 00:00 UTC",
                MailField.ADDRESS, "192.0.2.3",
                MailField.USER_AGENT, "Test"));
  }

  @Test
  void notOfARefreshTokenOfASessionThatHadEnded() {
    IssuedTokens second = latchkey.exchanged(ada.refreshTokenText());
    IssuedTokens third = latchkey.exchanged(second.refreshTokenText());
    latchkey.logOut(third.refreshTokenText());

    var _ = latchkey.exchange(ada.refreshTokenText());

    assertThat(sent(MailKind.REFRESH_TOKEN_REUSED)).isZero();
  }

  @Test
  void ofTheWrongPasswordThatClosesTheAccountAndOfNoOther() {
    fail(99);
    assertThat(sent(MailKind.ACCOUNT_CLOSED)).isZero();

    fail(1);
    assertThat(sent(MailKind.ACCOUNT_CLOSED)).isOne();
    Mail mail = life.delivered(MailKind.ACCOUNT_CLOSED);
    assertThat(mail.to()).hasToString("ada@example.org");
    assertThat(mail.values()).containsOnlyKeys(MailField.USERNAME, MailField.TIME);

    fail(1);
    assertThat(sent(MailKind.ACCOUNT_CLOSED)).isOne();
  }

  private int sent(MailKind kind) {
    List<MailKind> kinds = life.deliveredKinds();
    return Collections.frequency(kinds, kind);
  }

  /** As slowly as it must be. */
  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      latchkey.clock().advance(Duration.ofMinutes(15));
      assertThat(logIn("wrong", null, STRANGER))
          .isInstanceOf(Login.Result.InvalidCredentials.class);
    }
  }

  private Login.Result logIn(String password, @Nullable TokenText earlier, Device device) {
    return latchkey
        .login()
        .execute(
            new Login.Command(
                "ada", Password.of(password), earlier, ClientId.FIRST_PARTY, null, device));
  }
}
