package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.RequestCode;
import dev.latchkey.application.port.in.account.RequestCode.Purpose;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.application.port.in.account.VerifyEmail.Result;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.InterleavedUsers;
import dev.latchkey.testkit.Race;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class VerifyEmailServiceTest {

  private static final Device ELSEWHERE = new Device("198.51.100.1", "Browser");
  private static final Duration A_DAY = Duration.ofDays(1);

  private final Stores stores = Stores.inMemory();
  private final InterleavedUsers users = new InterleavedUsers(stores.users());
  private final TestApplication latchkey = TestApplication.on(stores.with(users));
  private final AccountLife life = latchkey.accountLife();
  private final Register register = latchkey.registerWithVerification();
  private final Instant start = latchkey.clock().instant();

  @Nested
  final class OfAnAccount {

    private final IssuedTokens ada = latchkey.registered("ada");
    private final UserId user = ada.session().userId();
    private final Code code = life.code(MailKind.EMAIL_VERIFICATION);

    @Test
    void notesWhenTheUserProvedIt() {
      latchkey.clock().advance(A_DAY.minusNanos(1));

      assertThat(verify(code)).isInstanceOf(Result.Verified.class);

      Instant now = latchkey.clock().instant();
      assertThat(latchkey.user("ada").emailVerifiedAt()).isEqualTo(now);
      assertThat(latchkey.events().last())
          .isEqualTo(new SecurityEvent.EmailVerified(user, DEVICE, now));
    }

    @Test
    void expiresAfterADay() {
      latchkey.clock().advance(A_DAY);

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);

      assertThat(latchkey.user("ada").isEmailVerified()).isFalse();
    }

    @Test
    void worksOnce() {
      assertThat(verify(code)).isInstanceOf(Result.Verified.class);
      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);
    }

    @Test
    void ofTwoAtOnceOneWins() {
      assertThat(Race.run(2, _ -> verify(code)))
          .containsExactlyInAnyOrder(new Result.Verified(), new Result.InvalidCode());
    }

    /** Who waits with the code in hand blocks whoever deletes the codes of that user. */
    @Test
    void takesTheCodeOnlyAfterTheUserIsLocked() {
      users.beforeNextLock(() -> assertThat(verify(code)).isInstanceOf(Result.Verified.class));

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);
    }

    @Test
    void endsTheOthersOfItsKindAndNoMore() {
      requestVerification("ada@example.org");
      Code second = life.code(MailKind.EMAIL_VERIFICATION);
      Code reset = resetCode("ada@example.org");

      assertThat(verify(code)).isInstanceOf(Result.Verified.class);

      assertThat(verify(second)).isInstanceOf(Result.InvalidCode.class);
      assertThat(reset(reset)).isInstanceOf(ResetPassword.Result.Reset.class);
    }

    @Test
    void isOfNoUseForAnAddressThatTheUserHasNoMore() {
      assertThat(
              users.changeEmail(
                  user,
                  EmailAddress.of("ada@example.org"),
                  EmailAddress.of("lovelace@example.org"),
                  start))
          .isTrue();
      latchkey.clock().advance(Duration.ofSeconds(1));

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);

      assertThat(latchkey.user("ada").emailVerifiedAt()).isEqualTo(start);
    }

    @Test
    void isOfNoUseToADisabledUser() {
      users.changeStatus(user, UserStatus.DISABLED);

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);

      assertThat(latchkey.user("ada").isEmailVerified()).isFalse();
    }

    @Test
    void aCodeOfAnotherPurposeIsNoneAndStaysGood() {
      Code reset = resetCode("ada@example.org");

      assertThat(verify(reset)).isInstanceOf(Result.InvalidCode.class);

      assertThat(latchkey.user("ada").isEmailVerified()).isFalse();
      assertThat(reset(reset)).isInstanceOf(ResetPassword.Result.Reset.class);
    }

    @Test
    void whatCannotBeACodeIsRefused() {
      assertThat(verify(Optional.empty(), ELSEWHERE)).isInstanceOf(Result.InvalidCode.class);
      assertThat(latchkey.events().last())
          .isEqualTo(new SecurityEvent.CodeRefused(ELSEWHERE, start));
      assertThat(verify(Code.of(new byte[Code.BYTES]))).isInstanceOf(Result.InvalidCode.class);
      assertThat(latchkey.user("ada").isEmailVerified()).isFalse();
    }

    @Test
    void afterFiftyOneWrongCodesTheirNetworkHasToWaitAndNoOther() {
      for (int i = 0; i < 51; i++) {
        assertThat(verify(Optional.empty(), ELSEWHERE)).isInstanceOf(Result.InvalidCode.class);
      }

      var delayed = new Result.TooManyAttempts(Duration.ofSeconds(1));
      assertThat(verify(Optional.of(code), ELSEWHERE)).isEqualTo(delayed);
      assertThat(verify(Optional.empty(), ELSEWHERE)).isEqualTo(delayed);
      assertThat(verify(code)).isInstanceOf(Result.Verified.class);
    }

    @Test
    void afterTheDelayTheRightCodeWorks() {
      for (int i = 0; i < 51; i++) {
        assertThat(verify(Optional.empty(), ELSEWHERE)).isInstanceOf(Result.InvalidCode.class);
      }
      latchkey.clock().advance(Duration.ofSeconds(1));

      assertThat(verify(Optional.of(code), ELSEWHERE)).isInstanceOf(Result.Verified.class);
    }

    @Test
    void ofManyWrongCodesAtOnceNoMoreAreAnsweredThanOneAfterTheOther() {
      List<Result> results = Race.run(60, _ -> verify(Optional.empty(), ELSEWHERE));

      assertThat(results).filteredOn(Result.InvalidCode.class::isInstance).hasSize(51);
      assertThat(results)
          .filteredOn(result -> !(result instanceof Result.InvalidCode))
          .containsOnly(new Result.TooManyAttempts(Duration.ofSeconds(1)));
    }
  }

  @Nested
  final class OfARegistration {

    @Test
    void opensTheAccountWithItsAddressVerified() {
      register("Ada", "Ada@example.org");
      User waiting =
          stores.registrations().findByEmail(EmailAddress.of("ada@example.org"), start).getFirst();
      assertThat(latchkey.logIn("ada", PASSWORD, DEVICE))
          .isInstanceOf(Login.Result.InvalidCredentials.class);
      Code code = life.code(MailKind.REGISTRATION);
      latchkey.clock().advance(A_DAY.minusNanos(1));

      assertThat(verify(code)).isInstanceOf(Result.Verified.class);

      Instant now = latchkey.clock().instant();
      User ada = latchkey.user("ada");
      assertThat(ada).isEqualTo(waiting.withEmail(waiting.email(), now));
      assertThat(ada.username()).hasToString("Ada");
      assertThat(ada.email()).hasToString("Ada@example.org");
      assertThat(ada.firstName()).hasToString("Augusta");
      assertThat(ada.roles()).containsExactly(Role.USER);
      assertThat(ada.createdAt()).isEqualTo(start);
      assertThat(latchkey.events().last())
          .isEqualTo(new SecurityEvent.AccountOpened(ada.id(), DEVICE, now));
      assertThat(latchkey.logIn("ada@example.org", PASSWORD, DEVICE))
          .isInstanceOf(Login.Result.LoggedIn.class);
    }

    @Test
    void expiresAfterADay() {
      register("ada", "ada@example.org");
      Code code = life.code(MailKind.REGISTRATION);
      latchkey.clock().advance(A_DAY);

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);

      assertThat(users.findByUsername(Username.of("ada"))).isEmpty();
    }

    @Test
    void worksOnce() {
      register("ada", "ada@example.org");
      Code code = life.code(MailKind.REGISTRATION);

      assertThat(Race.run(2, _ -> verify(code)))
          .containsExactlyInAnyOrder(new Result.Verified(), new Result.InvalidCode());
    }

    @Test
    void opensOneAccountHoweverManyCodesOfItWereMailed() {
      register("ada", "ada@example.org");
      Code first = life.code(MailKind.REGISTRATION);
      requestVerification("ada@example.org");
      Code second = life.code(MailKind.EMAIL_VERIFICATION);

      assertThat(verify(second)).isInstanceOf(Result.Verified.class);
      assertThat(verify(first)).isInstanceOf(Result.InvalidCode.class);
    }

    @Test
    void ofTwoForOneAddressTheFirstToVerifyWins() {
      register("ada", "ada@example.org");
      register("lovelace", "ada@example.org");
      life.deliverDue();
      Code ofAda = codeFor("ada");
      Code ofLovelace = codeFor("lovelace");

      assertThat(verify(ofLovelace)).isInstanceOf(Result.Verified.class);
      assertThat(verify(ofAda)).isInstanceOf(Result.InvalidCode.class);

      assertThat(latchkey.user("lovelace").email()).hasToString("ada@example.org");
      assertThat(users.findByUsername(Username.of("ada"))).isEmpty();
    }

    @Test
    void isOfNoUseOnceAnAccountHasTheAddress() {
      register("ada", "ada@example.org");
      Code code = life.code(MailKind.REGISTRATION);
      User other = aUser().withUsername("other").withEmail("ADA@example.org").build();
      assertThat(users.add(other)).isEqualTo(Addition.ADDED);

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);

      assertThat(users.findByUsername(Username.of("ada"))).isEmpty();
      assertThat(users.find(other.id())).contains(other);
    }

    private Code codeFor(String username) {
      return life.mails().all().stream()
          .filter(mail -> username.equals(mail.values().get(MailField.USERNAME)))
          .map(mail -> Objects.requireNonNull(mail.values().get(MailField.CODE)))
          .flatMap(text -> Code.parse(text).stream())
          .findFirst()
          .orElseThrow();
    }
  }

  @Nested
  final class OfANewAddress {

    private final IssuedTokens ada = latchkey.registered("ada");
    private final UserId user = ada.session().userId();

    @Test
    void movesTheAccountThere() {
      Code code = changeCode("Lovelace@example.org");
      assertThat(latchkey.user("ada").email()).hasToString("ada@example.org");
      latchkey.clock().advance(Duration.ofHours(1).minusNanos(1));

      assertThat(verify(code)).isInstanceOf(Result.Verified.class);

      Instant now = latchkey.clock().instant();
      assertThat(latchkey.user("ada").email()).hasToString("Lovelace@example.org");
      assertThat(latchkey.user("ada").emailVerifiedAt()).isEqualTo(now);
      assertThat(latchkey.events().last())
          .isEqualTo(new SecurityEvent.EmailChanged(user, DEVICE, now));
      assertThat(latchkey.logIn("lovelace@example.org", PASSWORD, DEVICE))
          .isInstanceOf(Login.Result.LoggedIn.class);
      assertThat(latchkey.logIn("ada@example.org", PASSWORD, DEVICE))
          .isInstanceOf(Login.Result.InvalidCredentials.class);
      assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
    }

    @Test
    void tellsTheOldAddress() {
      assertThat(verify(changeCode("Lovelace@example.org"))).isInstanceOf(Result.Verified.class);

      Mail mail = life.delivered(MailKind.EMAIL_CHANGED);
      assertThat(mail.to()).hasToString("ada@example.org");
      assertThat(mail.values())
          .isEqualTo(
              Map.of(
                  MailField.USERNAME, "ada",
                  MailField.NEW_EMAIL, "Lovelace@example.org",
                  MailField.TIME, "2026-01-01 00:00 UTC"));
    }

    @Test
    void expiresAfterAnHour() {
      Code code = changeCode("lovelace@example.org");
      latchkey.clock().advance(Duration.ofHours(1));

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);

      assertThat(latchkey.user("ada").email()).hasToString("ada@example.org");
    }

    @Test
    void endsAllCodesFromBefore() {
      Code reset = resetCode("ada@example.org");
      Code verification = life.code(MailKind.EMAIL_VERIFICATION);
      Code third = changeCode("third@example.org");

      assertThat(verify(changeCode("lovelace@example.org"))).isInstanceOf(Result.Verified.class);

      assertThat(reset(reset)).isInstanceOf(ResetPassword.Result.InvalidCode.class);
      assertThat(verify(verification)).isInstanceOf(Result.InvalidCode.class);
      assertThat(verify(third)).isInstanceOf(Result.InvalidCode.class);
      assertThat(latchkey.contents().toString()).doesNotContain("PASSWORD_RESET");
    }

    @Test
    void isOfNoUseOnceSomebodyElseHasTheAddress() {
      Code code = changeCode("lovelace@example.org");
      latchkey.registered("lovelace");

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);

      assertThat(latchkey.user("ada").email()).hasToString("ada@example.org");
      assertThat(life.deliveredKinds()).doesNotContain(MailKind.EMAIL_CHANGED);
    }

    @Test
    void isOfNoUseToADisabledUser() {
      Code code = changeCode("lovelace@example.org");
      users.changeStatus(user, UserStatus.DISABLED);

      assertThat(verify(code)).isInstanceOf(Result.InvalidCode.class);

      assertThat(latchkey.user("ada").email()).hasToString("ada@example.org");
    }

    @Test
    void theAddressThatTheUserHasIsVerifiedByIt() {
      assertThat(verify(changeCode("ADA@example.org"))).isInstanceOf(Result.Verified.class);

      assertThat(latchkey.user("ada").email()).hasToString("ADA@example.org");
      assertThat(latchkey.user("ada").isEmailVerified()).isTrue();
    }

    private Code changeCode(String email) {
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
  }

  private Result verify(Code code) {
    return verify(Optional.of(code), DEVICE);
  }

  private Result verify(Optional<Code> code, Device device) {
    return life.verifyEmail().execute(new VerifyEmail.Command(code, device));
  }

  private void register(String username, String email) {
    assertThat(
            register.execute(
                new Register.Command(
                    Username.of(username),
                    EmailAddress.of(email),
                    NewPassword.of(PASSWORD),
                    PersonName.of("Augusta"),
                    null,
                    ClientId.FIRST_PARTY,
                    null,
                    DEVICE)))
        .isInstanceOf(Register.Result.VerificationRequired.class);
  }

  private void requestVerification(String email) {
    assertThat(
            life.requestCode()
                .execute(
                    new RequestCode.Command(
                        Purpose.EMAIL_VERIFICATION, EmailAddress.of(email), DEVICE)))
        .isInstanceOf(RequestCode.Result.Accepted.class);
  }

  private Code resetCode(String email) {
    assertThat(
            life.requestCode()
                .execute(
                    new RequestCode.Command(
                        Purpose.PASSWORD_RESET, EmailAddress.of(email), DEVICE)))
        .isInstanceOf(RequestCode.Result.Accepted.class);
    return life.code(MailKind.PASSWORD_RESET);
  }

  private ResetPassword.Result reset(Code code) {
    return life.resetPassword()
        .execute(
            new ResetPassword.Command(
                Optional.of(code), NewPassword.of("another horse, another staple"), DEVICE));
  }
}
