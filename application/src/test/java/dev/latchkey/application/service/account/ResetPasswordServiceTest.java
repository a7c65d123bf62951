package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.in.account.RequestCode;
import dev.latchkey.application.port.in.account.RequestCode.Purpose;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.in.account.ResetPassword.Result;
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
import dev.latchkey.testkit.InterleavedUsers;
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

final class ResetPasswordServiceTest {

  private static final String OTHER = "another horse, another staple";
  private static final Device ELSEWHERE = new Device("198.51.100.1", "Browser");

  private final Stores stores = Stores.inMemory();
  private final InterleavedUsers users = new InterleavedUsers(stores.users());
  private final TestApplication latchkey = TestApplication.on(stores.with(users));
  private final AccountLife life = latchkey.accountLife();
  private final IssuedTokens ada = latchkey.registered("ada");
  private final UserId user = ada.session().userId();
  private final Instant now = latchkey.clock().instant();

  @Test
  void theNewPasswordLogsInAndTheOldOneNoMore() {
    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(latchkey.logIn("ada", OTHER, DEVICE)).isInstanceOf(Login.Result.LoggedIn.class);
    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE))
        .isInstanceOf(Login.Result.InvalidCredentials.class);
  }

  @Test
  void allSessionsEnd() {
    IssuedTokens phone = latchkey.loggedIn("ada");
    IssuedTokens grace = latchkey.registered("grace");

    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    var ended = new Revocation(now, Revocation.Reason.PASSWORD_CHANGED);
    assertThat(latchkey.stored(ada.session().id()).revocation()).isEqualTo(ended);
    assertThat(latchkey.stored(phone.session().id()).revocation()).isEqualTo(ended);
    assertThat(latchkey.stored(grace.session().id())).isEqualTo(grace.session());
  }

  @Test
  void unknownDevicesCanLogInAgain() {
    for (int i = 0; i < 100; i++) {
      latchkey.clock().advance(Duration.ofMinutes(15));
      assertThat(latchkey.logIn(i % 2 == 0 ? "ada" : "ada@example.org", "wrong", ELSEWHERE))
          .isInstanceOf(Login.Result.InvalidCredentials.class);
    }
    assertThat(latchkey.passwordGate().isClosed(latchkey.user("ada"))).isTrue();

    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(latchkey.logIn("ada", OTHER, ELSEWHERE)).isInstanceOf(Login.Result.LoggedIn.class);
    assertThat(latchkey.logIn("ada@example.org", OTHER, new Device("203.0.113.1", null)))
        .isInstanceOf(Login.Result.LoggedIn.class);
  }

  @Test
  void provesTheAddress() {
    assertThat(latchkey.user("ada").isEmailVerified()).isFalse();

    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(latchkey.user("ada").emailVerifiedAt()).isEqualTo(now);
  }

  @Test
  void tellsTheUserByMail() {
    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    Mail mail = life.delivered(MailKind.PASSWORD_CHANGED);
    assertThat(mail.to()).hasToString("ada@example.org");
    assertThat(mail.values())
        .isEqualTo(
            Map.of(
                MailField.USERNAME, "ada",
                MailField.TIME, "2026-01-01 00:00 UTC",
                MailField.ADDRESS, "198.51.100.1",
                MailField.USER_AGENT, "Browser"));
  }

  @Test
  void announcesTheReset() {
    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.PasswordReset(user, ELSEWHERE, now));
  }

  @Test
  void aCodeWorksOnce() {
    Code code = mailedCode();
    assertThat(reset(code, OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(reset(code, "yet another one")).isInstanceOf(Result.InvalidCode.class);

    assertThat(latchkey.logIn("ada", OTHER, DEVICE)).isInstanceOf(Login.Result.LoggedIn.class);
  }

  @Test
  void ofTwoWhoUseACodeAtOnceOneWins() {
    Code code = mailedCode();

    List<Result> results = Race.run(2, i -> reset(code, OTHER + i));

    assertThat(results)
        .hasOnlyElementsOfTypes(Result.Reset.class, Result.InvalidCode.class)
        .filteredOn(Result.Reset.class::isInstance)
        .hasSize(1);
    int winner = results.getFirst() instanceof Result.Reset ? 0 : 1;
    assertThat(latchkey.logIn("ada", OTHER + winner, DEVICE))
        .isInstanceOf(Login.Result.LoggedIn.class);
  }

  @Test
  void theOtherCodesOfTheUserAreDeadOnceOneIsUsed() {
    Code first = mailedCode();
    Code second = mailedCode();

    assertThat(reset(second, OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(reset(first, "yet another one")).isInstanceOf(Result.InvalidCode.class);
  }

  @Test
  void theCodesOfOtherUsersStayAlive() {
    latchkey.registered("grace");
    Code code = mailedCode("grace@example.org");

    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(reset(code, OTHER)).isInstanceOf(Result.Reset.class);
  }

  /** Whoever had the account may have asked for it. */
  @Test
  void theCodeOfAnotherAddressIsDead() {
    Code theirs = codeOfAnotherAddress("thief@example.org");

    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(verify(theirs)).isInstanceOf(VerifyEmail.Result.InvalidCode.class);
    assertThat(latchkey.user("ada").email()).hasToString("ada@example.org");
  }

  @Test
  void aCodeExpiresAfter30Minutes() {
    Code code = mailedCode();
    latchkey.clock().advance(Duration.ofMinutes(30).minusNanos(1));
    assertThat(reset(code, FakeCommonPasswords.COMMON))
        .isInstanceOf(Result.PasswordTooCommon.class);

    latchkey.clock().advance(Duration.ofNanos(1));

    assertThat(reset(code, OTHER)).isInstanceOf(Result.InvalidCode.class);
  }

  @Test
  void aCodeIsGoodUntilItExpires() {
    Code code = mailedCode();
    latchkey.clock().advance(Duration.ofMinutes(30).minusNanos(1));

    assertThat(reset(code, OTHER)).isInstanceOf(Result.Reset.class);
  }

  @Test
  void aCodeOfAnotherPurposeIsNoneAndStaysGood() {
    Code code = life.code(MailKind.EMAIL_VERIFICATION);

    assertThat(reset(code, OTHER)).isInstanceOf(Result.InvalidCode.class);

    assertThat(verify(code)).isInstanceOf(VerifyEmail.Result.Verified.class);
  }

  @Test
  void whatCannotBeACodeIsRefused() {
    User before = latchkey.user("ada");

    assertThat(reset(Optional.empty(), OTHER)).isInstanceOf(Result.InvalidCode.class);
    assertThat(reset(Code.of(new byte[Code.BYTES]), OTHER)).isInstanceOf(Result.InvalidCode.class);

    assertThat(latchkey.user("ada")).isEqualTo(before);
    assertThat(latchkey.events().last()).isEqualTo(new SecurityEvent.CodeRefused(ELSEWHERE, now));
  }

  @Test
  void aCodeOfAnAddressThatTheUserHasNoMoreIsRefused() {
    Code code = mailedCode();
    assertThat(
            latchkey
                .stores()
                .users()
                .changeEmail(
                    user,
                    EmailAddress.of("ada@example.org"),
                    EmailAddress.of("lovelace@example.org"),
                    now))
        .isTrue();

    assertThat(reset(code, OTHER)).isInstanceOf(Result.InvalidCode.class);
  }

  @Test
  void aCodeOfADisabledUserIsRefused() {
    Code code = mailedCode();
    latchkey.stores().users().changeStatus(user, UserStatus.DISABLED);

    assertThat(reset(code, OTHER)).isInstanceOf(Result.InvalidCode.class);

    latchkey.stores().users().changeStatus(user, UserStatus.ACTIVE);
    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE)).isInstanceOf(Login.Result.LoggedIn.class);
  }

  @Test
  void aUserWhoIsDisabledMeanwhileKeepsThePassword() {
    User before = latchkey.user("ada");
    Code code = mailedCode();
    users.beforeNextLock(() -> users.changeStatus(user, UserStatus.DISABLED));

    assertThat(reset(code, OTHER)).isInstanceOf(Result.InvalidCode.class);

    assertThat(latchkey.user("ada").passwordHash()).isEqualTo(before.passwordHash());
  }

  @Test
  void aRefusedPasswordLeavesTheCodeUsable() {
    Code code = mailedCode();

    assertThat(reset(code, FakeCommonPasswords.COMMON))
        .isInstanceOf(Result.PasswordTooCommon.class);
    assertThat(reset(code, FakeBreachedPasswords.BREACHED))
        .isInstanceOf(Result.PasswordBreached.class);
    assertThat(reset(code, "ada-123456")).isInstanceOf(Result.PasswordTooSimilar.class);
    assertThat(reset(code, "ada@example.org")).isInstanceOf(Result.PasswordTooSimilar.class);

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
    assertThat(reset(code, OTHER)).isInstanceOf(Result.Reset.class);
  }

  @Test
  void aCodeThatIsWrongTellsNothingOfThePassword() {
    assertThat(reset(Optional.empty(), FakeCommonPasswords.COMMON))
        .isInstanceOf(Result.InvalidCode.class);
  }

  @Test
  void nothingIsResetIfTooManyPasswordsAreBeingHashed() {
    User before = latchkey.user("ada");
    Code code = mailedCode();
    latchkey.hasher().overload();

    assertThat(reset(code, OTHER)).isInstanceOf(Result.Overloaded.class);

    assertThat(latchkey.user("ada")).isEqualTo(before);
    assertThat(latchkey.stores().mailedCodes().find(code.hash())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterFiftyOneWrongCodesTheirNetworkHasToWaitAndNoOther(boolean right) {
    Code code = mailedCode();
    for (int i = 0; i < 51; i++) {
      assertThat(reset(Optional.empty(), OTHER)).isInstanceOf(Result.InvalidCode.class);
    }

    assertThat(reset(Optional.of(code).filter(_ -> right), OTHER))
        .isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));
    assertThat(reset(code, OTHER, DEVICE)).isInstanceOf(Result.Reset.class);
  }

  @Test
  void afterTheDelayTheRightCodeWorks() {
    Code code = mailedCode();
    for (int i = 0; i < 51; i++) {
      assertThat(reset(Optional.empty(), OTHER)).isInstanceOf(Result.InvalidCode.class);
    }
    latchkey.clock().advance(Duration.ofSeconds(1));

    assertThat(reset(code, OTHER)).isInstanceOf(Result.Reset.class);
  }

  @Test
  void rightCodesAreNotCounted() {
    for (int i = 0; i < 50; i++) {
      assertThat(reset(Optional.empty(), OTHER)).isInstanceOf(Result.InvalidCode.class);
    }
    assertThat(reset(mailedCode(), OTHER)).isInstanceOf(Result.Reset.class);

    assertThat(reset(Optional.empty(), OTHER)).isInstanceOf(Result.InvalidCode.class);
  }

  @Test
  void ofManyWrongCodesAtOnceNoMoreAreAnsweredThanOneAfterTheOther() {
    Code code = mailedCode();
    // Some of them look while there is room, and are counted when there is none.
    List<Result> results = Race.run(60, _ -> reset(Optional.empty(), OTHER));

    assertThat(results).filteredOn(Result.InvalidCode.class::isInstance).hasSize(51);
    assertThat(results)
        .filteredOn(result -> !(result instanceof Result.InvalidCode))
        .containsOnly(new Result.TooManyAttempts(Duration.ofSeconds(1)));
    assertThat(reset(code, OTHER, DEVICE)).isInstanceOf(Result.Reset.class);
  }

  @Test
  void theMailForAnotherAddressThatIsStillToBeSentIsTakenBack() {
    Code code = mailedCode();
    assertThat(
            life.changeEmail()
                .execute(
                    new ChangeEmail.Command(
                        user,
                        ada.session().id(),
                        Password.of(PASSWORD),
                        EmailAddress.of("thief@example.org"),
                        DEVICE)))
        .isInstanceOf(ChangeEmail.Result.Accepted.class);

    assertThat(reset(code, OTHER)).isInstanceOf(Result.Reset.class);

    life.deliverDue();
    assertThat(life.mails().all())
        .noneMatch(mail -> mail.to().equals(EmailAddress.of("thief@example.org")));
  }

  private Code mailedCode() {
    return mailedCode("ada@example.org");
  }

  private Code mailedCode(String email) {
    assertThat(
            life.requestCode()
                .execute(
                    new RequestCode.Command(
                        Purpose.PASSWORD_RESET, EmailAddress.of(email), ELSEWHERE)))
        .isInstanceOf(RequestCode.Result.Accepted.class);
    return life.code(MailKind.PASSWORD_RESET);
  }

  private Code codeOfAnotherAddress(String email) {
    assertThat(
            life.changeEmail()
                .execute(
                    new ChangeEmail.Command(
                        user,
                        ada.session().id(),
                        Password.of(PASSWORD),
                        EmailAddress.of(email),
                        DEVICE)))
        .isInstanceOf(ChangeEmail.Result.Accepted.class);
    return life.code(MailKind.EMAIL_CHANGE);
  }

  private Result reset(Code code, String password) {
    return reset(code, password, ELSEWHERE);
  }

  private Result reset(Code code, String password, Device device) {
    return reset(Optional.of(code), password, device);
  }

  private Result reset(Optional<Code> code, String password) {
    return reset(code, password, ELSEWHERE);
  }

  private Result reset(Optional<Code> code, String password, Device device) {
    return life.resetPassword()
        .execute(new ResetPassword.Command(code, NewPassword.of(password), device));
  }

  private VerifyEmail.Result verify(Code code) {
    return life.verifyEmail().execute(new VerifyEmail.Command(Optional.of(code), DEVICE));
  }
}
