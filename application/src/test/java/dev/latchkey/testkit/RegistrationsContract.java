package dev.latchkey.testkit;

import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Registrations} keeps to, together with the users of the same store. */
public abstract class RegistrationsContract {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(1));
  private static final Duration TICK = Duration.ofMillis(1);

  private Stores stores;
  private Users users;
  private Registrations registrations;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void open() {
    stores = emptyStores();
    users = stores.users();
    registrations = stores.registrations();
  }

  @Test
  void givesBackEveryField() {
    User ada =
        added(
            aUser()
                .withUsername("Ada.Lovelace")
                .withEmail("Ada@Example.ORG")
                .withPasswordHash(new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"))
                .withFirstName("Ada")
                .withLastName("ラブレス 🦆")
                .withCreatedAt(START.plus(TICK)));

    assertThat(registrations.find(ada.id())).contains(ada);
    assertThat(registrations.find(ada.id()).map(User::username))
        .map(Username::toString)
        .contains("Ada.Lovelace");
    assertThat(registrations.find(ada.id()).map(User::email))
        .map(EmailAddress::toString)
        .contains("Ada@Example.ORG");
    assertThat(registrations.take(ada.id())).contains(ada);
  }

  /** What was accepted once stays, however strict the rules for new ones become. */
  @Test
  void givesBackWhatTheRulesForNewOnesWouldRefuse() {
    User template = aUser().build();
    var old =
        new User(
            template.id(),
            Username.stored("Ada Lovelace"),
            EmailAddress.stored("Ada@localhost"),
            null,
            template.passwordHash(),
            PersonName.stored("\u202eada"),
            null,
            template.roles(),
            template.status(),
            template.createdAt());

    assertThat(registrations.add(old, END)).isEqualTo(Addition.ADDED);

    assertThat(registrations.find(old.id())).contains(old);
    assertThat(registrations.findByEmail(EmailAddress.stored("ada@LOCALHOST"), START))
        .containsExactly(old);
  }

  @Test
  void isNoUserYet() {
    User ada = added(aUser());

    assertThat(users.find(ada.id())).isEmpty();
    assertThat(users.findByUsername(ada.username())).isEmpty();
    assertThat(users.findByEmail(ada.email())).isEmpty();
  }

  @Test
  void findsNothingThatWasNotAdded() {
    added(aUser());

    assertThat(registrations.find(new UserId(UUID.randomUUID()))).isEmpty();
    assertThat(registrations.findByEmail(EmailAddress.of("grace@example.org"), START)).isEmpty();
    assertThat(registrations.take(new UserId(UUID.randomUUID()))).isEmpty();
  }

  @Test
  void refusesTheUsernameOfAUserInAnyCase() {
    assertThat(users.add(aUser().withUsername("ada").build())).isEqualTo(Addition.ADDED);
    User other = aUser().withUsername("ADA").withEmail("other@example.org").build();

    assertThat(registrations.add(other, END)).isEqualTo(Addition.USERNAME_TAKEN);

    assertThat(registrations.find(other.id())).isEmpty();
  }

  @Test
  void refusesTheUsernameOfAnotherInAnyCaseUntilThatOneExpires() {
    User first = added(aUser().withUsername("ada"));
    UserMother.Builder other = aUser().withUsername("ADA").withEmail("other@example.org");

    assertThat(registrations.add(other.withCreatedAt(END.minus(TICK)).build(), END.plus(TICK)))
        .isEqualTo(Addition.USERNAME_TAKEN);
    assertThat(registrations.find(first.id())).contains(first);

    User second = other.withCreatedAt(END).build();
    assertThat(registrations.add(second, END.plus(TICK))).isEqualTo(Addition.ADDED);
    assertThat(registrations.find(second.id())).contains(second);
    assertThat(registrations.find(first.id())).isEmpty();
  }

  @Test
  void refusesAUsernameUntilItIsFreeAgain() {
    User former = aUser().withUsername("ada").build();
    assertThat(users.add(former)).isEqualTo(Addition.ADDED);
    users.delete(former.id(), START.plusSeconds(10));
    UserMother.Builder next = aUser().withUsername("ADA");

    assertThat(
            registrations.add(next.withCreatedAt(START.plusSeconds(10).minus(TICK)).build(), END))
        .isEqualTo(Addition.USERNAME_TAKEN);
    assertThat(registrations.add(next.withCreatedAt(START.plusSeconds(10)).build(), END))
        .isEqualTo(Addition.ADDED);
  }

  @Test
  void keepsItsUsernameFromUsersUntilItExpires() {
    added(aUser().withUsername("ada"));
    UserMother.Builder other = aUser().withUsername("ADA").withEmail("other@example.org");

    assertThat(users.add(other.withCreatedAt(END.minus(TICK)).build()))
        .isEqualTo(Addition.USERNAME_TAKEN);
    assertThat(users.add(other.withCreatedAt(END).build())).isEqualTo(Addition.ADDED);
  }

  /** Who registers is not told. */
  @Test
  void letsAnAddressHaveSeveralEvenIfAnAccountHasIt() {
    EmailAddress address = EmailAddress.of("ada@example.org");
    assertThat(users.add(aUser().withUsername("ada").withEmail(address.text()).build()))
        .isEqualTo(Addition.ADDED);

    User first = added(aUser().withUsername("first").withEmail(address.text()));
    User second = added(aUser().withUsername("second").withEmail(address.text()));

    assertThat(registrations.findByEmail(address, START)).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void findsThoseOfAnAddressInAnyCaseOldestFirst() {
    added(aUser().withUsername("grace"));
    User second =
        added(aUser().withUsername("b-2").withEmail("Ada@example.org").withCreatedAt(END));
    User first =
        added(aUser().withUsername("b-1").withEmail("ada@example.org").withCreatedAt(START));
    User third =
        added(
            aUser().withUsername("b-3").withEmail("ADA@example.org").withCreatedAt(END.plus(TICK)));

    assertThat(registrations.findByEmail(EmailAddress.of("aDA@EXAMPLE.org"), START))
        .containsExactly(first, second, third);
  }

  @Test
  void findsByAddressOnlyWhatHasNotExpired() {
    User ada = added(aUser());

    assertThat(registrations.findByEmail(ada.email(), END.minus(TICK))).containsExactly(ada);
    assertThat(registrations.findByEmail(ada.email(), END)).isEmpty();
    assertThat(registrations.find(ada.id())).contains(ada);
  }

  @Test
  void isTakenOnceAndThenItsUsernameIsFree() {
    User ada = added(aUser());
    User grace = added(aUser().withUsername("grace"));

    assertThat(registrations.take(ada.id())).contains(ada);

    assertThat(registrations.take(ada.id())).isEmpty();
    assertThat(registrations.find(ada.id())).isEmpty();
    assertThat(registrations.findByEmail(ada.email(), START)).isEmpty();
    assertThat(users.add(ada)).isEqualTo(Addition.ADDED);
    assertThat(registrations.find(grace.id())).contains(grace);
  }

  @Test
  void isTakenByOneOfManyAtOnce() {
    User ada = added(aUser());

    List<Optional<User>> taken = Race.run(_ -> registrations.take(ada.id()));

    assertThat(taken)
        .containsOnlyOnce(Optional.of(ada))
        .containsOnly(Optional.of(ada), Optional.empty());
  }

  @Test
  void isThereAgainIfWhoTookItFails() {
    User ada = added(aUser());

    rolledBack(
        () -> {
          assertThat(registrations.take(ada.id())).contains(ada);
          assertThat(users.add(ada)).isEqualTo(Addition.ADDED);
        });

    assertThat(users.find(ada.id())).isEmpty();
    assertThat(registrations.take(ada.id())).contains(ada);
  }

  @Test
  void isNotThereIfWhoAddedItFails() {
    User ada = aUser().build();

    rolledBack(() -> assertThat(registrations.add(ada, END)).isEqualTo(Addition.ADDED));

    assertThat(registrations.find(ada.id())).isEmpty();
    assertThat(users.add(ada)).isEqualTo(Addition.ADDED);
  }

  @Test
  void goesOnInATransactionAfterARefusal() {
    added(aUser());
    User grace = aUser().withUsername("grace").build();

    assertThat(
            stores
                .transactions()
                .execute(
                    () -> {
                      assertThat(registrations.add(aUser().build(), END))
                          .isEqualTo(Addition.USERNAME_TAKEN);
                      return registrations.add(grace, END);
                    }))
        .isEqualTo(Addition.ADDED);

    assertThat(registrations.find(grace.id())).contains(grace);
  }

  @Test
  void addsOneOfManyWhoWantTheSameUsernameAtOnceAsUsersOrWithARegistration() {
    for (int round = 0; round < 10; round++) {
      String name = "ada" + round;

      assertThat(
              Race.run(
                  i -> {
                    User user =
                        aUser().withUsername(name).withEmail(name + i + "@a.example").build();
                    return i % 2 == 0 ? users.add(user) : registrations.add(user, END);
                  }))
          .containsOnlyOnce(Addition.ADDED)
          .containsOnly(Addition.ADDED, Addition.USERNAME_TAKEN);
    }
  }

  /** Nobody gets the name between the two, nor does anybody wait for ever. */
  @Test
  void becomesAUserWhileOthersWantItsUsername() {
    for (int round = 0; round < 10; round++) {
      User ada = added(aUser().withUsername("ada" + round));

      List<Addition> additions =
          Race.run(
              i -> {
                User other =
                    aUser()
                        .withUsername(ada.username().text())
                        .withEmail(i + "@example.org")
                        .build();
                if (i == 0) {
                  return opened(ada);
                }
                return i % 2 == 0 ? users.add(other) : registrations.add(other, END);
              });

      assertThat(additions)
          .startsWith(Addition.ADDED)
          .containsOnlyOnce(Addition.ADDED)
          .containsOnly(Addition.ADDED, Addition.USERNAME_TAKEN);
      assertThat(users.findByUsername(ada.username())).contains(ada);
    }
  }

  private Addition opened(User user) {
    return stores
        .transactions()
        .execute(() -> users.add(registrations.take(user.id()).orElseThrow()));
  }

  @Test
  void deletesWhatExpiredBeforeAndNothingElse() {
    User ada = added(aUser());
    User grace = aUser().withUsername("grace").build();
    assertThat(registrations.add(grace, END.plus(TICK))).isEqualTo(Addition.ADDED);

    assertThat(registrations.deleteExpiredBefore(END, 10)).isZero();
    assertThat(registrations.deleteExpiredBefore(END.plus(TICK), 10)).isEqualTo(1);

    assertThat(registrations.find(ada.id())).isEmpty();
    assertThat(registrations.find(grace.id())).contains(grace);
  }

  @Test
  void deletesNoMoreThanAskedFor() {
    for (int i = 0; i < 5; i++) {
      added(aUser().withUsername("ada" + i));
    }

    assertThat(registrations.deleteExpiredBefore(END.plus(TICK), 3)).isEqualTo(3);
    assertThat(registrations.deleteExpiredBefore(END.plus(TICK), 3)).isEqualTo(2);
    assertThat(registrations.deleteExpiredBefore(END.plus(TICK), 3)).isZero();
  }

  private User added(UserMother.Builder builder) {
    User user = builder.build();
    Instant expiresAt = user.createdAt().isBefore(END) ? END : user.createdAt().plus(TICK);
    assertThat(registrations.add(user, expiresAt)).isEqualTo(Addition.ADDED);
    return user;
  }

  private void rolledBack(Runnable work) {
    assertThatThrownBy(
            () ->
                stores
                    .transactions()
                    .execute(
                        () -> {
                          work.run();
                          throw new IllegalStateException("rolled back");
                        }))
        .hasMessage("rolled back");
  }
}
