package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.account.DisableAccount;
import dev.latchkey.application.port.in.account.DisableAccount.Result;
import dev.latchkey.application.port.in.account.EnableAccount;
import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.domain.session.Revocation;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Disabling, and {@link EnableAccountService enabling} again. */
final class DisableAccountServiceTest {

  private static final Actor OPERATOR = new Actor.Operator();
  private static final Set<Role> ADMINISTRATOR = Set.of(Role.USER, Role.ADMIN);

  private final Stores stores = Stores.inMemory();
  private final InterleavedUsers users = new InterleavedUsers(stores.users());
  private final TestApplication latchkey = TestApplication.on(stores.with(users));
  private final AccountLife life = latchkey.accountLife();
  private final IssuedTokens ada = latchkey.registered("ada");
  private final UserId user = ada.session().userId();
  private final Instant now = latchkey.clock().instant();

  @Test
  void endsAllSessionsOfTheUserAndNoOthers() {
    IssuedTokens phone = latchkey.loggedIn("ada");
    IssuedTokens grace = latchkey.registered("grace");

    assertThat(disable("Ada")).isEqualTo(new Result.Disabled());

    var ended = new Revocation(now, Revocation.Reason.ACCOUNT_DISABLED);
    assertThat(latchkey.stored(ada.session().id()).revocation()).isEqualTo(ended);
    assertThat(latchkey.stored(phone.session().id()).revocation()).isEqualTo(ended);
    assertThat(latchkey.stored(grace.session().id())).isEqualTo(grace.session());
    assertThat(latchkey.authenticate(ada.accessTokenText()))
        .isNotInstanceOf(AuthenticateBearer.Result.Authenticated.class);
  }

  @Test
  void theUserCannotLogIn() {
    assertThat(disable("ada")).isEqualTo(new Result.Disabled());

    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE))
        .isInstanceOf(Login.Result.InvalidCredentials.class);
    assertThat(latchkey.user("ada").status()).isEqualTo(UserStatus.DISABLED);
  }

  @Test
  void aLogInThatIsUnderWayIsRefused() {
    latchkey
        .hasher()
        .whileComparing(() -> assertThat(disable("ada")).isEqualTo(new Result.Disabled()));

    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE))
        .isInstanceOf(Login.Result.InvalidCredentials.class);

    assertThat(latchkey.stores().sessions().activeOf(user, now)).isEmpty();
  }

  @Test
  void ofManyLogInsAtOnceNoneLeavesASession() {
    List<Boolean> _ =
        Race.run(
            8,
            i ->
                i == 0
                    ? disable("ada") instanceof Result.Disabled
                    : latchkey.logIn("ada", PASSWORD, DEVICE) instanceof Login.Result.LoggedIn);

    assertThat(latchkey.stores().sessions().activeOf(user, now)).isEmpty();
  }

  @Test
  void endsASessionThatALogInStartedJustBefore() {
    users.beforeNextLock(() -> latchkey.loggedIn("ada"));

    assertThat(disable("ada")).isEqualTo(new Result.Disabled());

    assertThat(latchkey.events().all()).hasAtLeastOneElementOfType(SecurityEvent.LoggedIn.class);
    assertThat(latchkey.stores().sessions().activeOf(user, now)).isEmpty();
  }

  @Test
  void disablingTwiceIsTheSameAsOnce() {
    assertThat(disable("ada")).isEqualTo(new Result.Disabled());
    User before = latchkey.user("ada");
    assertThat(disable("ada")).isEqualTo(new Result.Disabled());

    assertThat(latchkey.user("ada")).isEqualTo(before);
  }

  @Test
  void announcesWhoDidIt() {
    Actor administrator = new Actor.Administrator(user, DEVICE);
    latchkey.registered("grace");
    UserId grace = latchkey.user("grace").id();

    assertThat(
            life.disableAccount()
                .execute(new DisableAccount.Command(Username.of("grace"), administrator)))
        .isEqualTo(new Result.Disabled());
    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.AccountDisabled(administrator, grace, now));

    assertThat(
            life.enableAccount()
                .execute(new EnableAccount.Command(Username.of("grace"), administrator)))
        .isEqualTo(new EnableAccount.Result.Enabled());
    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.AccountEnabled(administrator, grace, now));
  }

  @Test
  void theLastActiveAdministratorStaysActive() {
    latchkey.stores().users().changeRoles(user, ADMINISTRATOR);
    int events = latchkey.events().all().size();

    assertThat(disable("ada")).isEqualTo(new Result.LastAdministrator());

    assertThat(latchkey.user("ada").isActive()).isTrue();
    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
    assertThat(latchkey.events().all()).hasSize(events);
  }

  @Test
  void ofAllAdministratorsWhoAreDisabledAtOnceOneStaysActive() {
    List<String> names = List.of("grace", "joan", "mary");
    for (String name : names) {
      latchkey
          .stores()
          .users()
          .changeRoles(latchkey.registered(name).session().userId(), ADMINISTRATOR);
    }

    assertThat(Race.run(3, i -> disable(names.get(i))))
        .containsExactlyInAnyOrder(
            new Result.Disabled(), new Result.Disabled(), new Result.LastAdministrator());
  }

  @Test
  void saysThatThereIsNoSuchUser() {
    int events = latchkey.events().all().size();

    assertThat(disable("nobody")).isEqualTo(new Result.UnknownUser());
    assertThat(enable("nobody")).isEqualTo(new EnableAccount.Result.UnknownUser());

    assertThat(latchkey.events().all()).hasSize(events);
  }

  @Test
  void whoIsEnabledLogsInAgainAndTheSessionsFromBeforeStayEnded() {
    assertThat(disable("ada")).isEqualTo(new Result.Disabled());
    latchkey.clock().advance(Duration.ofDays(1));

    assertThat(enable("Ada")).isEqualTo(new EnableAccount.Result.Enabled());

    assertThat(latchkey.stored(ada.session().id()).revocation())
        .isEqualTo(new Revocation(now, Revocation.Reason.ACCOUNT_DISABLED));
    assertThat(latchkey.exchange(ada.refreshTokenText()))
        .isInstanceOf(ExchangeRefreshToken.Result.Revoked.class);
    assertThat(latchkey.logIn("ada", PASSWORD, DEVICE)).isInstanceOf(Login.Result.LoggedIn.class);
  }

  @Test
  void enablingWhoIsNotDisabledChangesNothing() {
    User before = latchkey.user("ada");

    assertThat(enable("ada")).isEqualTo(new EnableAccount.Result.Enabled());

    assertThat(latchkey.user("ada")).isEqualTo(before);
    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
  }

  private Result disable(String username) {
    return life.disableAccount()
        .execute(new DisableAccount.Command(Username.of(username), OPERATOR));
  }

  private EnableAccount.Result enable(String username) {
    return life.enableAccount().execute(new EnableAccount.Command(Username.of(username), OPERATOR));
  }
}
