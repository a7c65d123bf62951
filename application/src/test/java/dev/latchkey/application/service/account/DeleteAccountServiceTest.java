package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.DeleteAccount;
import dev.latchkey.application.port.in.account.DeleteAccount.Result;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.Race;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DeleteAccountServiceTest {

  private static final Device STRANGER = new Device("198.51.100.1", "Script");
  private static final Set<Role> ADMINISTRATOR = Set.of(Role.USER, Role.ADMIN);

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final AccountLife life = latchkey.accountLife();
  private final IssuedTokens ada = latchkey.registered("ada");
  private final UserId user = ada.session().userId();
  private final Instant now = latchkey.clock().instant();

  @Test
  void theUserAndAllSessionsAreGone() {
    IssuedTokens phone = latchkey.loggedIn("ada");

    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);

    assertThat(latchkey.stores().users().find(user)).isEmpty();
    assertThat(latchkey.stores().sessions().find(ada.session().id())).isEmpty();
    assertThat(latchkey.stores().sessions().find(phone.session().id())).isEmpty();
    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE))
        .isInstanceOf(Login.Result.InvalidCredentials.class);
    assertThat(latchkey.exchange(phone.refreshTokenText()))
        .isInstanceOf(ExchangeRefreshToken.Result.Unknown.class);
    assertThat(latchkey.authenticate(phone.accessTokenText()))
        .isNotInstanceOf(AuthenticateBearer.Result.Authenticated.class);
  }

  @Test
  void nothingIsKeptButTheUsername() {
    life.deliverDue();
    for (String login : List.of("ada", "ada@example.org")) {
      assertThat(latchkey.logIn(login, "wrong", STRANGER))
          .isInstanceOf(Login.Result.InvalidCredentials.class);
    }
    assertThat(latchkey.contents().toString())
        .contains("ada@example.org", user.toString(), "userAgent=Laptop");

    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);
    assertThat(life.deliveredKinds()).contains(MailKind.ACCOUNT_DELETED);

    assertThat(latchkey.contents().toString())
        .contains("ada=" + now.plus(Duration.ofDays(90)))
        .doesNotContain("ada@example.org")
        .doesNotContain(user.toString())
        .doesNotContain("Laptop");
  }

  @Test
  void mailThatWaitsForTheUserIsNotSent() {
    assertThat(latchkey.logIn("ada", PASSWORD, STRANGER)).isInstanceOf(Login.Result.LoggedIn.class);

    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);

    assertThat(life.deliveredKinds()).containsExactly(MailKind.ACCOUNT_DELETED);
  }

  @Test
  void tellsTheAddressThatTheUserHad() {
    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);

    Mail mail = life.delivered(MailKind.ACCOUNT_DELETED);
    assertThat(mail.to()).hasToString("ada@example.org");
    assertThat(mail.values())
        .isEqualTo(Map.of(MailField.USERNAME, "ada", MailField.TIME, "2026-01-01 00:00 UTC"));
  }

  @Test
  void announcesTheDeletion() {
    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);

    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.AccountDeleted(user, DEVICE, now));
  }

  @Test
  void othersStay() {
    IssuedTokens grace = latchkey.registered("grace");
    User before = latchkey.user("grace");

    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);

    assertThat(latchkey.user("grace")).isEqualTo(before);
    assertThat(latchkey.stored(grace.session().id())).isEqualTo(grace.session());
    assertThat(life.delivered(MailKind.EMAIL_VERIFICATION).to()).hasToString("grace@example.org");
  }

  @Test
  void theUsernameIsKeptFor90DaysAndTheAddressIsFreeAtOnce() {
    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);
    assertThat(register(latchkey.register(), "lovelace", "ada@example.org"))
        .isInstanceOf(Register.Result.Registered.class);
    Register withVerification = latchkey.registerWithVerification();

    latchkey.clock().advance(Duration.ofDays(90).minusNanos(1));
    assertThat(register(latchkey.register(), "ADA", "byron@example.org"))
        .isInstanceOf(Register.Result.UsernameTaken.class);
    assertThat(register(withVerification, "ada", "byron@example.org"))
        .isInstanceOf(Register.Result.UsernameTaken.class);

    latchkey.clock().advance(Duration.ofNanos(1));
    assertThat(register(latchkey.register(), "ADA", "byron@example.org"))
        .isInstanceOf(Register.Result.Registered.class);
  }

  @Test
  void aWrongPasswordDeletesNothing() {
    User before = latchkey.user("ada");

    assertThat(delete(ada, "wrong")).isInstanceOf(Result.WrongPassword.class);

    assertThat(latchkey.user("ada")).isEqualTo(before);
    assertThat(latchkey.stored(ada.session().id())).isEqualTo(ada.session());
    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.PasswordRefused(user, DEVICE, now));
    assertThat(life.deliveredKinds()).containsExactly(MailKind.EMAIL_VERIFICATION);
  }

  @Test
  void afterSixWrongPasswordsTheRightOneIsDelayedToo() {
    for (int i = 0; i < 6; i++) {
      assertThat(delete(ada, "wrong")).isInstanceOf(Result.WrongPassword.class);
    }
    int events = latchkey.events().all().size();

    assertThat(delete(ada, PASSWORD)).isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));
    assertThat(latchkey.events().all()).hasSize(events);

    latchkey.clock().advance(Duration.ofSeconds(1));
    latchkey
        .hasher()
        .whileComparing(
            () -> assertThat(delete(ada, "wrong")).isInstanceOf(Result.WrongPassword.class));
    assertThat(delete(ada, PASSWORD)).isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(2)));

    latchkey.clock().advance(Duration.ofSeconds(2));
    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);
  }

  @Test
  void deletesNothingIfTooManyPasswordsAreBeingHashed() {
    latchkey.hasher().overload();

    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Overloaded.class);

    assertThat(latchkey.stores().users().find(user)).isPresent();
  }

  @Test
  void theLastActiveAdministratorStays() {
    latchkey.stores().users().changeRoles(user, ADMINISTRATOR);
    var _ =
        latchkey
            .stores()
            .users()
            .add(
                aUser()
                    .withUsername("disabled")
                    .withRoles("user", "admin")
                    .withStatus(UserStatus.DISABLED)
                    .build());
    latchkey.registered("grace");
    User before = latchkey.user("ada");
    int events = latchkey.events().all().size();

    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.LastAdministrator.class);

    assertThat(latchkey.user("ada")).isEqualTo(before);
    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
    assertThat(latchkey.events().all()).hasSize(events);
    assertThat(life.deliveredKinds()).containsOnly(MailKind.EMAIL_VERIFICATION);
  }

  @Test
  void anAdministratorIsDeletedIfThereIsAnother() {
    IssuedTokens grace = latchkey.registered("grace");
    latchkey.stores().users().changeRoles(user, ADMINISTRATOR);
    latchkey.stores().users().changeRoles(grace.session().userId(), ADMINISTRATOR);

    assertThat(delete(ada, PASSWORD)).isInstanceOf(Result.Deleted.class);
  }

  @Test
  void ofAllAdministratorsWhoDeleteThemselvesAtOnceOneStays() {
    List<IssuedTokens> administrators =
        Stream.of("grace", "joan", "mary").map(latchkey::registered).toList();
    administrators.forEach(
        each -> latchkey.stores().users().changeRoles(each.session().userId(), ADMINISTRATOR));

    List<Result> results = Race.run(3, i -> delete(administrators.get(i), PASSWORD));

    assertThat(results)
        .containsExactlyInAnyOrder(
            new Result.Deleted(), new Result.Deleted(), new Result.LastAdministrator());
  }

  @Test
  void anAccountIsDeletedOnce() {
    assertThat(Race.run(2, _ -> delete(ada, PASSWORD)))
        .containsExactlyInAnyOrder(new Result.Deleted(), new Result.WrongPassword());
  }

  private Result delete(IssuedTokens tokens, String password) {
    return life.deleteAccount()
        .execute(
            new DeleteAccount.Command(
                tokens.session().userId(), tokens.session().id(), Password.of(password), DEVICE));
  }

  private static Register.Result register(Register register, String username, String email) {
    return register.execute(
        new Register.Command(
            Username.of(username),
            EmailAddress.of(email),
            NewPassword.of(PASSWORD),
            null,
            null,
            ClientId.FIRST_PARTY,
            null,
            DEVICE));
  }
}
