package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.account.EndSessions;
import dev.latchkey.application.port.in.account.InspectAccount;
import dev.latchkey.application.port.in.account.ReopenAccount;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.in.account.StartPasswordReset;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.service.mail.MailPolicy;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.InterleavedUsers;
import dev.latchkey.testkit.SequentialIdentifiers;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What operators and administrators do with the account of somebody else. */
final class OperatedAccountTest {

  private static final Actor OPERATOR = new Actor.Operator();
  private static final Device STRANGER = new Device("198.51.100.1", "Script");
  private static final Username NOBODY = Username.of("nobody");

  private final Stores stores = Stores.inMemory();
  private final InterleavedUsers users = new InterleavedUsers(stores.users());
  private final TestApplication latchkey = TestApplication.on(stores.with(users));
  private final AccountLife life = latchkey.accountLife();
  private final IssuedTokens ada = latchkey.registered("ada");
  private final UserId user = ada.session().userId();
  private final Username name = Username.of("Ada");
  private final Instant now = latchkey.clock().instant();

  @Test
  void endsAllSessionsOfTheUserAndNoOthers() {
    IssuedTokens phone = latchkey.loggedIn("ada");
    IssuedTokens grace = latchkey.registered("grace");

    assertThat(endSessions(name)).isEqualTo(new EndSessions.Result.Ended(2));

    var ended = new Revocation(now, Revocation.Reason.ENDED_BY_OPERATOR);
    assertThat(latchkey.stored(ada.session().id()).revocation()).isEqualTo(ended);
    assertThat(latchkey.stored(phone.session().id()).revocation()).isEqualTo(ended);
    assertThat(latchkey.stored(grace.session().id())).isEqualTo(grace.session());
    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.SessionsEnded(OPERATOR, user, now));
    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE)).isInstanceOf(Login.Result.LoggedIn.class);
  }

  @Test
  void countsOnlySessionsThatWereActive() {
    latchkey.loggedIn("ada");
    latchkey.logOut(ada.refreshTokenText());

    assertThat(endSessions(name)).isEqualTo(new EndSessions.Result.Ended(1));
    assertThat(endSessions(name)).isEqualTo(new EndSessions.Result.Ended(0));

    assertThat(latchkey.stored(ada.session().id()).revocation())
        .isEqualTo(new Revocation(now, Revocation.Reason.LOGGED_OUT));
  }

  @Test
  void endsASessionThatALogInStartedJustBefore() {
    users.beforeNextLock(() -> latchkey.loggedIn("ada"));

    assertThat(endSessions(name)).isEqualTo(new EndSessions.Result.Ended(2));
  }

  @Test
  void reopensAnAccountByBothOfItsNames() {
    close();
    assertThat(latchkey.passwordGate().isClosed(latchkey.user("ada"))).isTrue();

    assertThat(life.reopenAccount().execute(new ReopenAccount.Command(name, OPERATOR)))
        .isEqualTo(new ReopenAccount.Result.Reopened());

    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.AccountReopened(OPERATOR, user, latchkey.clock().instant()));
    for (String login : List.of("ada", "ada@example.org")) {
      assertThat(latchkey.logIn(login, "wrong", STRANGER))
          .isInstanceOf(Login.Result.InvalidCredentials.class);
    }
    assertThat(latchkey.logIn("ada", PASSWORD, STRANGER)).isInstanceOf(Login.Result.LoggedIn.class);
  }

  @Test
  void reopensAnAccountThatIsNotClosed() {
    assertThat(life.reopenAccount().execute(new ReopenAccount.Command(name, OPERATOR)))
        .isEqualTo(new ReopenAccount.Result.Reopened());
  }

  @Test
  void startsAResetThatOnlyTheUserCanFinish() {
    assertThat(startReset(name)).isEqualTo(new StartPasswordReset.Result.Started(user));

    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.PasswordResetStarted(OPERATOR, user, now));
    Code code = life.code(MailKind.PASSWORD_RESET);
    assertThat(life.mails().all())
        .filteredOn(mail -> mail.kind() == MailKind.PASSWORD_RESET)
        .extracting(mail -> mail.to().text())
        .containsExactly("ada@example.org");
    assertThat(
            life.resetPassword()
                .execute(
                    new ResetPassword.Command(
                        Optional.of(code),
                        NewPassword.of("another horse, another staple"),
                        DEVICE)))
        .isEqualTo(new ResetPassword.Result.Reset());
  }

  @Test
  void startsAResetHoweverManyStrangersAskedForOne() {
    for (int i = 0; i < 10; i++) {
      assertThat(startReset(name)).isEqualTo(new StartPasswordReset.Result.Started(user));
    }

    assertThat(Collections.frequency(life.deliveredKinds(), MailKind.PASSWORD_RESET)).isEqualTo(10);
  }

  @Test
  void startsNoResetForADisabledUser() {
    stores.users().changeStatus(user, UserStatus.DISABLED);
    Object before = latchkey.contents();
    int events = latchkey.events().all().size();

    assertThat(startReset(name)).isEqualTo(new StartPasswordReset.Result.Disabled());

    assertThat(latchkey.contents()).isEqualTo(before);
    assertThat(latchkey.events().all()).hasSize(events);
  }

  @Test
  void startsNoResetWhereNoMailCanBeSent() {
    Object before = latchkey.contents();
    int events = latchkey.events().all().size();
    var writer = new MailWriter(stores.outbox(), new SequentialIdentifiers(), MailPolicy.OFF);
    StartPasswordReset off =
        new StartPasswordResetService(
            stores.transactions(), stores.users(), writer, latchkey.events(), latchkey.clock());

    assertThat(off.execute(new StartPasswordReset.Command(name, OPERATOR)))
        .isEqualTo(new StartPasswordReset.Result.MailOff());

    assertThat(latchkey.contents()).isEqualTo(before);
    assertThat(latchkey.events().all()).hasSize(events);
  }

  @Test
  void showsAnAccountWithItsActiveSessionsTheOldestFirst() {
    latchkey.clock().advance(Duration.ofSeconds(1));
    IssuedTokens phone = latchkey.loggedIn("ada");
    latchkey.clock().advance(Duration.ofSeconds(1));
    IssuedTokens ended = latchkey.loggedIn("ada");
    latchkey.logOut(ended.refreshTokenText());
    latchkey.registered("grace");

    assertThat(inspect(name))
        .isEqualTo(
            new InspectAccount.Result.Found(
                latchkey.user("ada"), List.of(ada.session(), phone.session()), 0, false));
  }

  @Test
  void showsHowManyPasswordsWereWrongAndWhetherTheAccountIsClosed() {
    assertThat(latchkey.logIn("ada", "wrong", STRANGER))
        .isInstanceOf(Login.Result.InvalidCredentials.class);
    assertThat(inspect(name))
        .isEqualTo(
            new InspectAccount.Result.Found(
                latchkey.user("ada"), List.of(ada.session()), 1, false));

    close();
    assertThat(inspect(name))
        .isEqualTo(
            new InspectAccount.Result.Found(
                latchkey.user("ada"), List.of(ada.session()), 101, true));
  }

  @Test
  void showsADisabledAccount() {
    stores.users().changeStatus(user, UserStatus.DISABLED);

    assertThat(inspect(name)).isInstanceOf(InspectAccount.Result.Found.class);
  }

  @Test
  void saysThatThereIsNoSuchUser() {
    int events = latchkey.events().all().size();

    assertThat(endSessions(NOBODY)).isEqualTo(new EndSessions.Result.UnknownUser());
    assertThat(life.reopenAccount().execute(new ReopenAccount.Command(NOBODY, OPERATOR)))
        .isEqualTo(new ReopenAccount.Result.UnknownUser());
    assertThat(startReset(NOBODY)).isEqualTo(new StartPasswordReset.Result.UnknownUser());
    assertThat(inspect(NOBODY)).isEqualTo(new InspectAccount.Result.UnknownUser());

    assertThat(latchkey.events().all()).hasSize(events);
  }

  /** A hundred wrong passwords by either name, as slowly as it must be. */
  private void close() {
    for (int i = 0; i < 100; i++) {
      latchkey.clock().advance(Duration.ofMinutes(15));
      assertThat(latchkey.logIn(i % 2 == 0 ? "ada" : "ada@example.org", "wrong", STRANGER))
          .isInstanceOf(Login.Result.InvalidCredentials.class);
    }
  }

  private EndSessions.Result endSessions(Username username) {
    return life.endSessions().execute(new EndSessions.Command(username, OPERATOR));
  }

  private StartPasswordReset.Result startReset(Username username) {
    return life.startPasswordReset().execute(new StartPasswordReset.Command(username, OPERATOR));
  }

  private InspectAccount.Result inspect(Username username) {
    return life.inspectAccount().execute(new InspectAccount.Command(username));
  }
}
