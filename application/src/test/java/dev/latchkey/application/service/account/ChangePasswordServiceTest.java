package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.in.account.ChangePassword;
import dev.latchkey.application.port.in.account.ChangePassword.Result;
import dev.latchkey.application.port.in.account.RequestCode;
import dev.latchkey.application.port.in.account.RequestCode.Purpose;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.FakeBreachedPasswords;
import dev.latchkey.testkit.FakeCommonPasswords;
import dev.latchkey.testkit.Race;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangePasswordServiceTest {

  private static final String OTHER = "another horse, another staple";
  private static final Device STRANGER = new Device("198.51.100.1", "Script");

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final AccountLife life = latchkey.accountLife();
  private final IssuedTokens ada = latchkey.registered("ada");
  private final UserId user = ada.session().userId();
  private final Instant now = latchkey.clock().instant();

  @Test
  void theNewPasswordLogsInAndTheOldOneNoMore() {
    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);

    assertThat(latchkey.logIn("ada", OTHER, DEVICE)).isInstanceOf(Login.Result.LoggedIn.class);
    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE))
        .isInstanceOf(Login.Result.InvalidCredentials.class);
  }

  @Test
  void theCurrentSessionGoesOnAndTheOthersEnd() {
    IssuedTokens phone = latchkey.loggedIn("ada");
    IssuedTokens tablet = latchkey.loggedIn("ada");
    IssuedTokens grace = latchkey.registered("grace");

    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);

    var ended = new Revocation(now, Revocation.Reason.PASSWORD_CHANGED);
    assertThat(latchkey.stored(phone.session().id()).revocation()).isEqualTo(ended);
    assertThat(latchkey.stored(tablet.session().id()).revocation()).isEqualTo(ended);
    assertThat(latchkey.stored(ada.session().id())).isEqualTo(ada.session());
    assertThat(latchkey.stored(grace.session().id())).isEqualTo(grace.session());
  }

  @Test
  void theOtherSessionsGoOnIfTheyAreToldTo() {
    IssuedTokens phone = latchkey.loggedIn("ada");

    assertThat(change(PASSWORD, OTHER, false, DEVICE)).isInstanceOf(Result.Changed.class);

    assertThat(latchkey.stored(phone.session().id())).isEqualTo(phone.session());
  }

  @Test
  void aWrongPasswordChangesNothing() {
    IssuedTokens phone = latchkey.loggedIn("ada");
    User before = latchkey.user("ada");

    assertThat(change("wrong", OTHER)).isInstanceOf(Result.WrongPassword.class);

    assertThat(latchkey.user("ada")).isEqualTo(before);
    assertThat(latchkey.stored(phone.session().id()).isRevoked()).isFalse();
    assertThat(life.deliveredKinds()).doesNotContain(MailKind.PASSWORD_CHANGED);
    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.PasswordRefused(user, DEVICE, now));
  }

  @Test
  void afterSixWrongPasswordsTheRightOneIsDelayedToo() {
    for (int i = 0; i < 6; i++) {
      assertThat(change("wrong", OTHER)).isInstanceOf(Result.WrongPassword.class);
    }
    int comparisons = latchkey.hasher().comparisons().size();

    assertThat(change(PASSWORD, OTHER))
        .isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));
    assertThat(latchkey.hasher().comparisons()).hasSize(comparisons);

    latchkey.clock().advance(Duration.ofSeconds(1));
    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);
  }

  @Test
  void wrongPasswordsOfASessionDelayNoOtherDevice() {
    for (int i = 0; i < 6; i++) {
      assertThat(change("wrong", OTHER)).isInstanceOf(Result.WrongPassword.class);
    }

    assertThat(latchkey.logIn("ada", PASSWORD, STRANGER)).isInstanceOf(Login.Result.LoggedIn.class);
  }

  @Test
  void ofManyPasswordsAtOnceThoseBeyondTheLimitLearnNothing() {
    for (int i = 0; i < 5; i++) {
      assertThat(change("wrong", OTHER)).isInstanceOf(Result.WrongPassword.class);
    }
    latchkey
        .hasher()
        .whileComparing(
            () -> assertThat(change("wrong", OTHER)).isInstanceOf(Result.WrongPassword.class));

    assertThat(change(PASSWORD, OTHER))
        .isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));
    assertThat(latchkey.events().all())
        .filteredOn(SecurityEvent.PasswordRefused.class::isInstance)
        .hasSize(6);
  }

  @Test
  void theNewPasswordIsJudgedBeforeTheOldOneIsCompared() {
    assertThat(change("wrong", FakeCommonPasswords.COMMON))
        .isInstanceOf(Result.PasswordTooCommon.class);
    assertThat(change("wrong", FakeBreachedPasswords.BREACHED))
        .isInstanceOf(Result.PasswordBreached.class);
    assertThat(change("wrong", "ada-123456")).isInstanceOf(Result.PasswordTooSimilar.class);
    assertThat(change("wrong", "ada@example.org")).isInstanceOf(Result.PasswordTooSimilar.class);

    assertThat(latchkey.hasher().comparisons()).isEmpty();
  }

  @Test
  void aHashThatIsRenewedAtTheSameMomentDoesNotUndoTheChange() {
    latchkey.hasher().changeCost("2");

    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);

    assertThat(latchkey.logIn("ada", OTHER, DEVICE)).isInstanceOf(Login.Result.LoggedIn.class);
    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE))
        .isInstanceOf(Login.Result.InvalidCredentials.class);
  }

  @Test
  void codesThatWereMailedToResetThePasswordAreDead() {
    assertThat(
            life.requestCode()
                .execute(
                    new RequestCode.Command(
                        Purpose.PASSWORD_RESET, EmailAddress.of("ada@example.org"), STRANGER)))
        .isInstanceOf(RequestCode.Result.Accepted.class);
    Code code = life.code(MailKind.PASSWORD_RESET);

    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);

    assertThat(
            life.resetPassword()
                .execute(
                    new ResetPassword.Command(
                        Optional.of(code), NewPassword.of("the thief's own one"), STRANGER)))
        .isInstanceOf(ResetPassword.Result.InvalidCode.class);
    assertThat(latchkey.logIn("ada", OTHER, DEVICE)).isInstanceOf(Login.Result.LoggedIn.class);
  }

  /** Whoever knew the old password may have asked for it. */
  @Test
  void theCodeOfAnotherAddressIsDead() {
    assertThat(
            life.changeEmail()
                .execute(
                    new ChangeEmail.Command(
                        user,
                        ada.session().id(),
                        Password.of(PASSWORD),
                        EmailAddress.of("thief@example.org"),
                        STRANGER)))
        .isInstanceOf(ChangeEmail.Result.Accepted.class);
    Code code = life.code(MailKind.EMAIL_CHANGE);

    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);

    assertThat(verify(code)).isInstanceOf(VerifyEmail.Result.InvalidCode.class);
    assertThat(latchkey.user("ada").email()).hasToString("ada@example.org");
  }

  @Test
  void theMailForAnotherAddressThatIsStillToBeSentIsTakenBack() {
    life.deliverDue();
    assertThat(
            life.changeEmail()
                .execute(
                    new ChangeEmail.Command(
                        user,
                        ada.session().id(),
                        Password.of(PASSWORD),
                        EmailAddress.of("thief@example.org"),
                        STRANGER)))
        .isInstanceOf(ChangeEmail.Result.Accepted.class);

    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);

    life.deliverDue();
    assertThat(life.mails().all())
        .noneMatch(mail -> mail.to().equals(EmailAddress.of("thief@example.org")));
  }

  @Test
  void theCodeThatVerifiesTheAddressStillDoes() {
    Code code = life.code(MailKind.EMAIL_VERIFICATION);

    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);

    assertThat(verify(code)).isInstanceOf(VerifyEmail.Result.Verified.class);
  }

  @Test
  void tellsTheUserByMail() {
    assertThat(change(PASSWORD, OTHER, true, new Device("192.0.2.9", null)))
        .isInstanceOf(Result.Changed.class);

    Mail mail = life.delivered(MailKind.PASSWORD_CHANGED);
    assertThat(mail.to()).hasToString("ada@example.org");
    assertThat(mail.values())
        .isEqualTo(
            Map.of(
                MailField.USERNAME, "ada",
                MailField.TIME, "2026-01-01 00:00 UTC",
                MailField.ADDRESS, "192.0.2.9",
                MailField.USER_AGENT, "unknown"));
  }

  @Test
  void announcesTheChange() {
    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Changed.class);

    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.PasswordChanged(user, DEVICE, now));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aUserWhoIsDisabledOrDeletedIsGone(boolean deleted) {
    if (deleted) {
      latchkey.stores().users().delete(user, now);
    } else {
      latchkey.stores().users().changeStatus(user, UserStatus.DISABLED);
    }

    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.Gone.class);
    assertThat(latchkey.hasher().comparisons()).isEmpty();
  }

  @Test
  void aUserWhoIsDisabledMeanwhileKeepsThePassword() {
    User before = latchkey.user("ada");
    latchkey
        .hasher()
        .whileComparing(() -> latchkey.stores().users().changeStatus(user, UserStatus.DISABLED));

    assertThat(change(PASSWORD, OTHER)).isInstanceOf(Result.WrongPassword.class);

    assertThat(latchkey.user("ada").passwordHash()).isEqualTo(before.passwordHash());
  }

  @Test
  void changesNothingIfTooManyPasswordsAreBeingHashed() {
    User before = latchkey.user("ada");
    latchkey.hasher().whileComparing(latchkey.hasher()::overload);

    assertThat(change(PASSWORD, OTHER))
        .as("at the second turn")
        .isInstanceOf(Result.Overloaded.class);
    assertThat(change(PASSWORD, OTHER)).as("at the first").isInstanceOf(Result.Overloaded.class);

    assertThat(latchkey.user("ada")).isEqualTo(before);
  }

  @Test
  void ofTwoChangesAtOnceOneWins() {
    List<Result> results = Race.run(2, i -> change(PASSWORD, OTHER + i));

    assertThat(results)
        .hasOnlyElementsOfTypes(Result.Changed.class, Result.WrongPassword.class)
        .filteredOn(Result.Changed.class::isInstance)
        .hasSize(1);
    int winner = results.getFirst() instanceof Result.Changed ? 0 : 1;
    assertThat(latchkey.logIn("ada", OTHER + winner, DEVICE))
        .isInstanceOf(Login.Result.LoggedIn.class);
  }

  private Result change(String password, String newPassword) {
    return change(password, newPassword, true, DEVICE);
  }

  private Result change(String password, String newPassword, boolean endOthers, Device device) {
    return life.changePassword()
        .execute(
            new ChangePassword.Command(
                user,
                ada.session().id(),
                Password.of(password),
                NewPassword.of(newPassword),
                endOthers,
                device));
  }

  private VerifyEmail.Result verify(Code code) {
    return life.verifyEmail().execute(new VerifyEmail.Command(Optional.of(code), STRANGER));
  }
}
