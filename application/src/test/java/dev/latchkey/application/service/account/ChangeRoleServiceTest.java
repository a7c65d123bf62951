package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.in.account.ChangeRole;
import dev.latchkey.application.port.in.account.ChangeRole.Change;
import dev.latchkey.application.port.in.account.ChangeRole.Result;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.InterleavedUsers;
import dev.latchkey.testkit.Race;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeRoleServiceTest {

  private static final Actor OPERATOR = new Actor.Operator();

  private static final Role ADMIN = Role.of("admin");

  private final Stores stores = Stores.inMemory();
  private final TestApplication latchkey = TestApplication.on(stores);
  private final IssuedTokens ada = latchkey.registered("ada");
  private final ChangeRole changeRole = changeRoleOf(stores.users());

  @Test
  void theNextAccessTokenHasTheRole() {
    anotherAdministrator();
    assertThat(change("Ada", ADMIN, Change.GRANT))
        .isEqualTo(new Result.Changed(Set.of(Role.USER, ADMIN)));

    IssuedTokens next = latchkey.exchanged(ada.refreshTokenText());
    assertThat(next.accessToken().roles()).containsExactlyInAnyOrder(Role.USER, ADMIN);

    assertThat(change("ada", ADMIN, Change.WITHDRAW))
        .isEqualTo(new Result.Changed(Set.of(Role.USER)));
    assertThat(latchkey.exchanged(next.refreshTokenText()).accessToken().roles())
        .containsExactly(Role.USER);
  }

  @Test
  void announcesEveryChangeAndWhoActed() {
    anotherAdministrator();
    assertThat(change("ada", ADMIN, Change.GRANT)).isInstanceOf(Result.Changed.class);
    Instant now = latchkey.clock().instant();
    UserId user = ada.session().userId();
    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.RoleGranted(OPERATOR, user, ADMIN, now));

    assertThat(change("ada", ADMIN, Change.WITHDRAW)).isInstanceOf(Result.Changed.class);
    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.RoleWithdrawn(OPERATOR, user, ADMIN, now));
  }

  @Test
  void grantingAndWithdrawingTwiceIsTheSameAsOnce() {
    assertThat(change("ada", Role.USER, Change.GRANT))
        .isEqualTo(new Result.Changed(Set.of(Role.USER)));
    assertThat(change("ada", ADMIN, Change.WITHDRAW))
        .isEqualTo(new Result.Changed(Set.of(Role.USER)));
  }

  /**
   * Each writes all the roles of the user: one that went by an older reading would undo the other.
   */
  @Test
  void aChangeThatWaitedForAnotherKeepsWhatThatOneGranted() {
    Role editor = Role.of("editor");
    var users = new InterleavedUsers(stores.users());
    users.beforeNextLock(
        () -> assertThat(change("ada", editor, Change.GRANT)).isInstanceOf(Result.Changed.class));
    ChangeRole second = changeRoleOf(users);

    assertThat(
            second.execute(
                new ChangeRole.Command(Username.of("ada"), ADMIN, Change.GRANT, OPERATOR)))
        .isEqualTo(new Result.Changed(Set.of(Role.USER, editor, ADMIN)));
  }

  /** Somebody who was deleted while the change waited has no roles to change. */
  @Test
  void aChangeThatWaitedForADeletionFindsNobody() {
    var users = new InterleavedUsers(stores.users());
    users.beforeNextLock(
        () -> stores.users().delete(ada.session().userId(), latchkey.clock().instant()));

    assertThat(
            changeRoleOf(users)
                .execute(new ChangeRole.Command(Username.of("ada"), ADMIN, Change.GRANT, OPERATOR)))
        .isEqualTo(new Result.UnknownUser());
  }

  @Test
  void theLastActiveAdministratorKeepsTheRole() {
    assertThat(change("ada", ADMIN, Change.GRANT)).isInstanceOf(Result.Changed.class);
    var _ =
        stores
            .users()
            .add(
                aUser()
                    .withUsername("disabled")
                    .withRoles("user", "admin")
                    .withStatus(UserStatus.DISABLED)
                    .build());
    int events = latchkey.events().all().size();

    assertThat(change("ada", ADMIN, Change.WITHDRAW)).isEqualTo(new Result.LastAdministrator());

    assertThat(latchkey.user("ada").roles()).containsExactlyInAnyOrder(Role.USER, ADMIN);
    assertThat(latchkey.events().all()).hasSize(events);
  }

  @Test
  void theLastActiveAdministratorCanLoseAnyOtherRole() {
    assertThat(change("ada", ADMIN, Change.GRANT)).isInstanceOf(Result.Changed.class);

    assertThat(change("ada", Role.USER, Change.WITHDRAW))
        .isEqualTo(new Result.Changed(Set.of(ADMIN)));
  }

  @Test
  void whoIsDisabledCanLoseTheRole() {
    assertThat(change("ada", ADMIN, Change.GRANT)).isInstanceOf(Result.Changed.class);
    anotherAdministrator();
    stores.users().changeStatus(ada.session().userId(), UserStatus.DISABLED);

    assertThat(change("ada", ADMIN, Change.WITHDRAW))
        .isEqualTo(new Result.Changed(Set.of(Role.USER)));
  }

  @Test
  void ofAllAdministratorsWhoLoseTheRoleAtOnceOneKeepsIt() {
    List<String> names = List.of("grace", "joan", "mary");
    for (String name : names) {
      latchkey.registered(name);
      assertThat(change(name, ADMIN, Change.GRANT)).isInstanceOf(Result.Changed.class);
    }

    assertThat(Race.run(3, i -> change(names.get(i), ADMIN, Change.WITHDRAW)))
        .containsExactlyInAnyOrder(
            new Result.Changed(Set.of(Role.USER)),
            new Result.Changed(Set.of(Role.USER)),
            new Result.LastAdministrator());
  }

  @Test
  void saysThatThereIsNoSuchUser() {
    assertThat(change("grace", ADMIN, Change.GRANT)).isEqualTo(new Result.UnknownUser());
  }

  private void anotherAdministrator() {
    latchkey.registered("joan");
    assertThat(change("joan", ADMIN, Change.GRANT)).isInstanceOf(Result.Changed.class);
  }

  private ChangeRole changeRoleOf(Users users) {
    return new ChangeRoleService(
        stores.transactions(),
        users,
        new Administrators(users),
        latchkey.events(),
        latchkey.clock());
  }

  private Result change(String username, Role role, Change change) {
    return changeRole.execute(
        new ChangeRole.Command(Username.of(username), role, change, OPERATOR));
  }
}
