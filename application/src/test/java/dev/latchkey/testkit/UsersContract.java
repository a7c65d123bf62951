package dev.latchkey.testkit;

import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Users} keeps to. */
public abstract class UsersContract {

  private Users users;

  /** Returns one without data; called before each test. */
  protected abstract Users emptyUsers();

  @BeforeEach
  void open() {
    users = emptyUsers();
  }

  @Test
  void givesBackEveryField() {
    User user =
        aUser()
            .withUsername("Ada.Lovelace")
            .withEmail("Ada@Example.ORG")
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

    assertThat(users.find(stranger.id())).isEmpty();
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
