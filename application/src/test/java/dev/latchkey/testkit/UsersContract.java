package dev.latchkey.testkit;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Users} keeps to. */
public abstract class UsersContract {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final EmailAddress NEW_EMAIL = EmailAddress.of("New@Example.org");
  private static final Duration TICK = Duration.ofMillis(1);

  private Stores stores;
  private Users users;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void open() {
    stores = emptyStores();
    users = stores.users();
  }

  @Test
  void givesBackEveryField() {
    User user =
        aUser()
            .withUsername("Ada.Lovelace")
            .withEmail("Ada@Example.ORG")
            .withEmailVerifiedAt(Instant.parse("2026-02-04T04:05:06.789Z"))
            .withPasswordHash(new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"))
            .withFirstName("Ada")
            .withLastName("ラブレス 🦆")
            .withRoles("user", "admin:read")
            .withStatus(UserStatus.DISABLED)
            .withCreatedAt(Instant.parse("2026-02-03T04:05:06.789Z"))
            .build();

    assertThat(users.add(user)).isEqualTo(Addition.ADDED);

    assertThat(users.find(user.id())).contains(user);
    assertThat(users.find(user.id()).map(User::username))
        .map(Username::toString)
        .contains("Ada.Lovelace");
    assertThat(users.find(user.id()).map(User::email))
        .map(EmailAddress::toString)
        .contains("Ada@Example.ORG");
  }

  @Test
  void givesBackThatThereAreNoNamesAndNoRoles() {
    User user = added(aUser().withRoles());

    assertThat(users.find(user.id())).contains(user);
  }

  /** What was accepted once stays, however strict the rules for new users become. */
  @Test
  void givesBackAUserWhomTheRulesForNewOnesWouldRefuse() {
    User template = aUser().build();
    var old =
        new User(
            template.id(),
            Username.stored("Ada Lovelace"),
            EmailAddress.stored("Ada@localhost"),
            null,
            template.passwordHash(),
            PersonName.stored("\u202eada"),
            PersonName.stored("a\u2066".repeat(100)),
            template.roles(),
            template.status(),
            template.createdAt());

    assertThat(users.add(old)).isEqualTo(Addition.ADDED);

    assertThat(users.find(old.id())).contains(old);
    assertThat(users.findByUsername(Username.stored("ada lovelace"))).contains(old);
    assertThat(users.findByEmail(EmailAddress.stored("ADA@LOCALHOST"))).contains(old);
  }

  @Test
  void findsByUsernameInAnyCase() {
    User ada = added(aUser().withUsername("Ada"));
    added(aUser().withUsername("grace"));

    assertThat(users.findByUsername(Username.of("aDA"))).contains(ada);
  }

  @Test
  void findsByEmailInAnyCase() {
    User ada = added(aUser().withEmail("Ada@example.org"));
    added(aUser().withUsername("grace"));

    assertThat(users.findByEmail(EmailAddress.of("aDA@EXAMPLE.org"))).contains(ada);
  }

  @Test
  void findsNobodyWhoWasNotAdded() {
    added(aUser());

    assertThat(users.find(new UserId(UUID.randomUUID()))).isEmpty();
    assertThat(users.findByUsername(Username.of("grace"))).isEmpty();
    assertThat(users.findByEmail(EmailAddress.of("grace@example.org"))).isEmpty();
  }

  /** In SQL, {@code _} and {@code %} stand for other characters. */
  @Test
  void takesNoCharacterForAWildcard() {
    added(aUser().withUsername("adaxlovelace").withEmail("adaxlovelace@example.org"));

    assertThat(users.findByUsername(Username.of("ada_lovelace"))).isEmpty();
    assertThat(users.findByEmail(EmailAddress.of("ada_lovelace@example.org"))).isEmpty();
    assertThat(users.findByEmail(EmailAddress.of("%@example.org"))).isEmpty();
  }

  @Test
  void refusesATakenUsernameInAnyCase() {
    User ada = added(aUser().withUsername("ada"));
    User other = aUser().withUsername("ADA").withEmail("other@example.org").build();

    assertThat(users.add(other)).isEqualTo(Addition.USERNAME_TAKEN);

    assertThat(users.find(other.id())).isEmpty();
    assertThat(users.findByEmail(other.email())).isEmpty();
    assertThat(users.findByUsername(other.username())).contains(ada);
  }

  @Test
  void refusesATakenEmailInAnyCase() {
    User ada = added(aUser().withEmail("ada@example.org"));
    User other = aUser().withUsername("other").withEmail("ADA@Example.Org").build();

    assertThat(users.add(other)).isEqualTo(Addition.EMAIL_TAKEN);

    assertThat(users.find(other.id())).isEmpty();
    assertThat(users.findByUsername(other.username())).isEmpty();
    assertThat(users.findByEmail(other.email())).contains(ada);
  }

  @Test
  void reportsTheUsernameIfBothAreTaken() {
    added(aUser().withUsername("ada"));

    assertThat(users.add(aUser().withUsername("ada").build())).isEqualTo(Addition.USERNAME_TAKEN);
  }

  @Test
  void reportsTheUsernameIfBothAreTakenByDifferentUsers() {
    added(aUser().withUsername("ada"));
    added(aUser().withUsername("grace"));

    assertThat(users.add(aUser().withUsername("grace").withEmail("ada@example.org").build()))
        .isEqualTo(Addition.USERNAME_TAKEN);
  }

  @Test
  void addsOneOfManyWhoWantTheSameUsernameAtOnce() throws Exception {
    assertThat(
            Race.run(
                i -> users.add(aUser().withUsername("ada").withEmail(i + "@example.org").build())))
        .containsOnlyOnce(Addition.ADDED)
        .containsOnly(Addition.ADDED, Addition.USERNAME_TAKEN);
  }

  @Test
  void addsOneOfManyWhoWantTheSameEmailAtOnce() throws Exception {
    assertThat(
            Race.run(
                i ->
                    users.add(
                        aUser().withUsername("ada" + i).withEmail("ada@example.org").build())))
        .containsOnlyOnce(Addition.ADDED)
        .containsOnly(Addition.ADDED, Addition.EMAIL_TAKEN);
  }

  @Test
  void addsOneOfManyWhoWantTheSameOfBothAtOnce() throws Exception {
    assertThat(Race.run(_ -> users.add(aUser().build())))
        .containsOnlyOnce(Addition.ADDED)
        .containsOnly(Addition.ADDED, Addition.USERNAME_TAKEN);
  }

  @Test
  void changesTheRolesOfOneUserAndNothingElse() {
    User ada = added(aUser().withRoles("user"));
    User grace = added(aUser().withUsername("grace").withRoles("user"));
    Set<Role> roles = Set.of(Role.USER, Role.of("admin"));

    users.changeRoles(ada.id(), roles);

    assertThat(users.find(ada.id())).contains(ada.withRoles(roles));
    assertThat(users.find(grace.id())).contains(grace);
    users.changeRoles(ada.id(), Set.of());
    assertThat(users.find(ada.id())).contains(ada.withRoles(Set.of()));
  }

  @Test
  void changesNothingForNobody() {
    User stranger = aUser().build();

    users.changeRoles(stranger.id(), Set.of());
    users.changeNames(stranger.id(), PersonName.of("Ada"), null);
    users.changeStatus(stranger.id(), UserStatus.DISABLED);
    users.verifyEmail(stranger.id(), stranger.email(), LATER);
    assertThat(users.changeEmail(stranger.id(), stranger.email(), NEW_EMAIL, LATER)).isFalse();
    users.delete(stranger.id(), LATER);

    assertThat(users.find(stranger.id())).isEmpty();
    assertThat(users.add(stranger)).isEqualTo(Addition.ADDED);
  }

  @Test
  void changesTheNamesOfOneUserAndNothingElse() {
    User ada = added(aUser().withFirstName("Ada"));
    User grace = added(aUser().withUsername("grace").withFirstName("Grace"));

    users.changeNames(ada.id(), PersonName.of("Augusta"), PersonName.of("ラブレス 🦆"));

    assertThat(users.find(ada.id()))
        .contains(ada.withNames(PersonName.of("Augusta"), PersonName.of("ラブレス 🦆")));
    assertThat(users.find(grace.id())).contains(grace);
    users.changeNames(ada.id(), null, null);
    assertThat(users.find(ada.id())).contains(ada.withNames(null, null));
  }

  @Test
  void changesTheStatusOfOneUserAndNothingElse() {
    User ada = added(aUser());
    User grace = added(aUser().withUsername("grace"));

    users.changeStatus(ada.id(), UserStatus.DISABLED);

    assertThat(users.find(ada.id())).contains(ada.withStatus(UserStatus.DISABLED));
    assertThat(users.find(grace.id())).contains(grace);
    users.changeStatus(ada.id(), UserStatus.ACTIVE);
    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void changesTheEmailOfOneUserAndNothingElse() {
    User ada = added(aUser());
    User grace = added(aUser().withUsername("grace"));

    assertThat(users.changeEmail(ada.id(), EmailAddress.of("ADA@example.org"), NEW_EMAIL, LATER))
        .isTrue();

    assertThat(users.find(ada.id())).contains(ada.withEmail(NEW_EMAIL, LATER));
    assertThat(users.find(ada.id()).map(User::email))
        .map(EmailAddress::toString)
        .contains("New@Example.org");
    assertThat(users.findByEmail(EmailAddress.of("new@EXAMPLE.org"))).isPresent();
    assertThat(users.findByEmail(ada.email())).isEmpty();
    assertThat(users.find(grace.id())).contains(grace);
  }

  @Test
  void changesTheCaseOfAnEmail() {
    User ada = added(aUser().withEmail("ada@example.org"));
    EmailAddress written = EmailAddress.of("Ada@Example.org");

    assertThat(users.changeEmail(ada.id(), ada.email(), written, LATER)).isTrue();

    assertThat(users.find(ada.id()).map(User::email))
        .map(EmailAddress::toString)
        .contains("Ada@Example.org");
  }

  @Test
  void keepsAnEmailThatIsNotTheExpectedOne() {
    User ada = added(aUser().withEmail("chosen-meanwhile@example.org"));

    assertThat(users.changeEmail(ada.id(), EmailAddress.of("ada@example.org"), NEW_EMAIL, LATER))
        .isFalse();

    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void keepsTheEmailIfTheNewOneBelongsToAnother() {
    User ada = added(aUser());
    User grace = added(aUser().withUsername("grace").withEmail("new@example.org"));
    Set<Role> roles = Set.of(Role.ADMIN);

    boolean changed =
        stores
            .transactions()
            .execute(
                () -> {
                  boolean result = users.changeEmail(ada.id(), ada.email(), NEW_EMAIL, LATER);
                  users.changeRoles(ada.id(), roles);
                  return result;
                });

    assertThat(changed).isFalse();
    assertThat(users.find(ada.id())).contains(ada.withRoles(roles));
    assertThat(users.find(grace.id())).contains(grace);
  }

  @Test
  void givesAnEmailToOneOfManyWhoWantItAtOnceByChangeOrAddition() {
    for (int round = 0; round < 10; round++) {
      EmailAddress wanted = EmailAddress.of("wanted" + round + "@example.org");
      String name = "ada" + round + ".";
      List<User> others =
          IntStream.range(0, Race.CONTESTANTS)
              .mapToObj(i -> aUser().withUsername(name + i))
              .map(UserMother.Builder::build)
              .toList();
      for (int i = 0; i < others.size(); i += 2) {
        assertThat(users.add(others.get(i))).isEqualTo(Addition.ADDED);
      }

      List<Boolean> got =
          Race.run(
              i -> {
                EmailAddress expected = others.get(i).email();
                return isEven(i)
                    ? users.changeEmail(others.get(i).id(), expected, wanted, LATER)
                    : users.add(aUser().withUsername(name + i).withEmail(wanted.text()).build())
                        == Addition.ADDED;
              });

      assertThat(got).containsOnlyOnce(true);
    }
  }

  private static boolean isEven(int number) {
    return number % 2 == 0;
  }

  @Test
  void notesThatAnEmailIsVerified() {
    User ada = added(aUser().withEmail("Ada@Example.org"));
    User grace = added(aUser().withUsername("grace"));

    users.verifyEmail(ada.id(), EmailAddress.of("ada@example.org"), LATER);

    assertThat(users.find(ada.id())).contains(ada.withEmail(ada.email(), LATER));
    assertThat(users.find(ada.id()).map(User::email))
        .map(EmailAddress::toString)
        .contains("Ada@Example.org");
    assertThat(users.find(grace.id())).contains(grace);
  }

  @Test
  void verifiesNoEmailThatIsNotTheUsersAnyMore() {
    User ada = added(aUser());

    users.verifyEmail(ada.id(), EmailAddress.of("former@example.org"), LATER);

    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void deletesOneUserWithItsSessions() {
    User ada = added(aUser());
    User grace = added(aUser().withUsername("grace"));
    Session ofAda = aSession().withUser(ada).build();
    Session ofGrace = aSession().withUser(grace).build();
    stores.sessions().add(ofAda);
    stores.sessions().add(ofGrace);

    users.delete(ada.id(), LATER);

    assertThat(users.find(ada.id())).isEmpty();
    assertThat(users.findByUsername(ada.username())).isEmpty();
    assertThat(stores.sessions().find(ofAda.id())).isEmpty();
    assertThat(users.find(grace.id())).contains(grace);
    assertThat(stores.sessions().find(ofGrace.id())).contains(ofGrace);
  }

  @Test
  void deletesNothingIfTheTransactionFails() {
    User ada = added(aUser());
    Session session = aSession().withUser(ada).build();
    stores.sessions().add(session);

    assertThatThrownBy(
            () ->
                stores
                    .transactions()
                    .execute(
                        () -> {
                          users.delete(ada.id(), LATER);
                          assertThat(users.find(ada.id())).isEmpty();
                          throw new IllegalStateException("rolled back");
                        }))
        .hasMessage("rolled back");

    assertThat(users.find(ada.id())).contains(ada);
    assertThat(stores.sessions().find(session.id())).contains(session);
    assertThat(users.forgetUsernamesFreeBefore(LATER.plus(TICK), 10)).isZero();
  }

  @Test
  void keepsTheUsernameOfADeletedUserUntilItIsFree() {
    users.delete(added(aUser().withUsername("ada")).id(), LATER);
    UserMother.Builder next = aUser().withUsername("ADA");

    assertThat(users.add(next.withCreatedAt(LATER.minus(TICK)).build()))
        .isEqualTo(Addition.USERNAME_TAKEN);
    assertThat(users.findByUsername(Username.of("ada"))).isEmpty();
    assertThat(users.add(next.withCreatedAt(LATER).build())).isEqualTo(Addition.ADDED);
  }

  @Test
  void keepsAUsernameAsLongAsTheLastOfItsUsersSaid() {
    users.delete(added(aUser()).id(), START);
    users.delete(added(aUser().withCreatedAt(START)).id(), LATER);

    assertThat(users.add(aUser().withCreatedAt(LATER.minus(TICK)).build()))
        .isEqualTo(Addition.USERNAME_TAKEN);
  }

  @Test
  void keepsNoEmailOfADeletedUser() {
    users.delete(added(aUser().withEmail("ada@example.org")).id(), LATER);

    assertThat(users.add(aUser().withUsername("grace").withEmail("ada@example.org").build()))
        .isEqualTo(Addition.ADDED);
  }

  @Test
  void givesAUsernameToNobodyWhileItsUserIsBeingDeleted() {
    for (int round = 0; round < 10; round++) {
      User ada = added(aUser().withUsername("ada" + round));

      List<Addition> additions =
          Race.run(
              i -> {
                if (i == 0) {
                  users.delete(ada.id(), LATER);
                }
                return users.add(
                    aUser()
                        .withUsername(ada.username().text())
                        .withEmail(i + "@example.org")
                        .build());
              });

      assertThat(additions).containsOnly(Addition.USERNAME_TAKEN);
    }
  }

  @Test
  void forgetsUsernamesThatWereFreeBeforeAndNoOthers() {
    users.delete(added(aUser().withUsername("ada")).id(), LATER);
    users.delete(added(aUser().withUsername("grace")).id(), LATER.plus(TICK));

    assertThat(users.forgetUsernamesFreeBefore(LATER, 10)).isZero();
    assertThat(users.forgetUsernamesFreeBefore(LATER.plus(TICK), 10)).isEqualTo(1);

    assertThat(users.add(aUser().withUsername("grace").build())).isEqualTo(Addition.USERNAME_TAKEN);
    assertThat(users.add(aUser().withUsername("ada").build())).isEqualTo(Addition.ADDED);
  }

  @Test
  void forgetsNoMoreUsernamesThanAskedFor() {
    for (int i = 0; i < 5; i++) {
      users.delete(added(aUser().withUsername("ada" + i)).id(), START);
    }

    assertThat(users.forgetUsernamesFreeBefore(LATER, 3)).isEqualTo(3);
    assertThat(users.forgetUsernamesFreeBefore(LATER, 3)).isEqualTo(2);
    assertThat(users.forgetUsernamesFreeBefore(LATER, 3)).isZero();
  }

  @Test
  void knowsTheActiveAdministrators() {
    assertThat(users.lockAdministrators()).isEmpty();
    added(aUser().withUsername("user").withRoles("user", "admin:read"));
    added(aUser().withUsername("disabled").withRoles("admin").withStatus(UserStatus.DISABLED));
    User ada = added(aUser().withUsername("ada").withRoles("user", "admin"));
    User grace = added(aUser().withUsername("grace").withRoles("admin"));

    assertThat(users.lockAdministrators()).containsExactlyInAnyOrder(ada.id(), grace.id());
  }

  @Test
  void keepsAnAdministratorHoweverManyLeaveAtOnceUnlessTheyAreTheLast() {
    for (int round = 0; round < 10; round++) {
      String name = "ada" + round + ".";
      List<User> administrators =
          IntStream.range(0, Race.CONTESTANTS)
              .mapToObj(i -> added(aUser().withUsername(name + i).withRoles("admin")))
              .toList();

      List<Boolean> left = Race.run(i -> leavesUnlessLast(administrators.get(i).id()));

      assertThat(left).containsOnlyOnce(false);
      assertThat(users.lockAdministrators()).hasSize(1);
      users.lockAdministrators().forEach(last -> users.changeRoles(last, Set.of()));
    }
  }

  @Test
  void givesTheUserThatIsLocked() {
    User ada = added(aUser());
    var nobody = new UserId(new UUID(0, 4711));

    assertThat(stores.transactions().execute(() -> users.lock(ada.id()))).contains(ada);
    assertThat(stores.transactions().execute(() -> users.lock(nobody))).isEmpty();
  }

  private boolean leavesUnlessLast(UserId id) {
    return stores
        .transactions()
        .execute(
            () -> {
              users.lock(id);
              boolean leaves = users.lockAdministrators().size() > 1;
              if (leaves) {
                users.changeRoles(id, Set.of(Role.USER));
              }
              return leaves;
            });
  }

  @Test
  void replacesThePasswordHashOfOneUserAndNothingElse() {
    User ada = added(aUser().withPasswordHash(new PasswordHash("$a$old$hash")));
    User grace =
        added(aUser().withUsername("grace").withPasswordHash(new PasswordHash("$a$old$hash")));
    var renewed = new PasswordHash("$b$new$hash");

    assertThat(users.replacePasswordHash(ada.id(), ada.passwordHash(), renewed)).isTrue();

    assertThat(users.find(ada.id())).contains(ada.withPasswordHash(renewed));
    assertThat(users.find(grace.id())).contains(grace);
  }

  @Test
  void keepsAPasswordHashThatIsNotTheExpectedOne() {
    User ada = added(aUser().withPasswordHash(new PasswordHash("$a$chosen$meanwhile")));

    assertThat(
            users.replacePasswordHash(
                ada.id(), new PasswordHash("$a$old$hash"), new PasswordHash("$b$new$hash")))
        .isFalse();

    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void knowsOnePasswordHashOfEachCost() {
    assertThat(users.passwordHashOfEachCost()).isEmpty();
    String[] hashes = {
      "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
      "$argon2id$v=19$m=19456,t=2,p=1$b3RoZXI$aGFzaA",
      "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA",
      "$other$c2FsdA$aGFzaA",
      "$none$"
    };
    for (int i = 0; i < hashes.length; i++) {
      added(aUser().withUsername("user" + i).withPasswordHash(new PasswordHash(hashes[i])));
    }

    assertThat(users.passwordHashOfEachCost())
        .extracting(PasswordHash::cost)
        .containsExactlyInAnyOrder(
            "$argon2id$v=19$m=19456,t=2,p=1", "$argon2id$v=19$m=65536,t=2,p=1", "$other", "$none$");
  }

  private User added(UserMother.Builder builder) {
    User user = builder.build();
    assertThat(users.add(user)).isEqualTo(Addition.ADDED);
    return user;
  }
}
