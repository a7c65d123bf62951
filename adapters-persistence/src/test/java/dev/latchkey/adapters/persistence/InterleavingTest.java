package dev.latchkey.adapters.persistence;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two transactions on two connections, the second one while the first is under way: nothing is left
 * to luck.
 */
final class InterleavingTest {

  private final Users users = PostgresServer.bean(Users.class);
  private final Registrations registrations = PostgresServer.bean(Registrations.class);
  private final Sessions sessions = PostgresServer.bean(Sessions.class);
  private final Transactions transactions = PostgresServer.bean(Transactions.class);

  private final User user = aUser().build();
  private final SessionId id = new SessionId(UUID.randomUUID());

  @BeforeEach
  void startSession() {
    PostgresServer.empty();
    assertThat(users.add(user)).isEqualTo(Users.Addition.ADDED);
    sessions.add(atGeneration(0));
  }

  @Test
  void whoeverReadBeforeAnotherAdvancedAdvancesNothingAndThenSeesTheOther() {
    Generation seen =
        transactions.execute(
            () -> {
              assertThat(sessions.find(id)).contains(atGeneration(0));

              assertThat(meanwhile(() -> sessions.advance(atGeneration(1), new Generation(0))))
                  .isTrue();

              assertThat(sessions.advance(atGeneration(1), new Generation(0))).isFalse();
              return sessions.find(id).orElseThrow().generation();
            });

    assertThat(seen).isEqualTo(new Generation(1));
  }

  @Test
  void whoeverReadBeforeARevocationAdvancesNothing() {
    var revocation =
        new Revocation(Instant.parse("2026-01-02T00:00:00Z"), Revocation.Reason.LOGGED_OUT);

    boolean advanced =
        transactions.execute(
            () -> {
              assertThat(sessions.find(id)).contains(atGeneration(0));
              assertThat(meanwhile(() -> sessions.revoke(id, revocation))).isTrue();
              return sessions.advance(atGeneration(1), new Generation(0));
            });

    assertThat(advanced).isFalse();
    assertThat(sessions.find(id).orElseThrow().revocation()).isEqualTo(revocation);
  }

  @Test
  void nobodySeesWhatIsNotCommitted() {
    Session others =
        transactions.execute(
            () -> {
              assertThat(sessions.advance(atGeneration(1), new Generation(0))).isTrue();
              return meanwhile(() -> sessions.find(id).orElseThrow());
            });

    assertThat(others).isEqualTo(atGeneration(0));
    assertThat(sessions.find(id)).contains(atGeneration(1));
  }

  @Test
  void aUserNameThatWasTakenMeanwhileLeavesTheTransactionUsable() {
    User other = aUser().withUsername("grace").build();

    Users.Addition addition =
        transactions.execute(
            () -> {
              assertThat(users.findByUsername(other.username())).isEmpty();
              assertThat(meanwhile(() -> users.add(aUser().withUsername("grace").build())))
                  .isEqualTo(Users.Addition.ADDED);
              Users.Addition refused = users.add(other);
              sessions.revoke(id, new Revocation(Instant.EPOCH, Revocation.Reason.LOGGED_OUT));
              return refused;
            });

    assertThat(addition).isEqualTo(Users.Addition.USERNAME_TAKEN);
    assertThat(sessions.find(id).orElseThrow().isRevoked()).isTrue();
  }

  @Test
  void whoWantsAUserNameThatIsBeingReleasedWaitsAndDoesNotGetIt() {
    CompletableFuture<Users.Addition> addition =
        transactions.execute(
            () -> {
              users.delete(user.id(), user.createdAt().plusSeconds(1));
              return waiting(() -> users.add(aUser().withEmail("other@example.org").build()));
            });

    assertThat(addition.join()).isEqualTo(Users.Addition.USERNAME_TAKEN);
  }

  @Test
  void whoWantsToRegisterAUserNameThatIsBeingTakenWaitsAndDoesNotGetIt() {
    CompletableFuture<Users.Addition> addition =
        transactions.execute(
            () -> {
              assertThat(users.add(aUser().withUsername("grace").build()))
                  .isEqualTo(Users.Addition.ADDED);
              return waiting(
                  () ->
                      registrations.add(
                          aUser().withUsername("grace").build(), user.createdAt().plusSeconds(1)));
            });

    assertThat(addition.join()).isEqualTo(Users.Addition.USERNAME_TAKEN);
  }

  /** And neither waits for the other for ever. */
  @Test
  void whoWantsAUserNameWhoseRegistrationJustExpiredWaitsForWhoIsOpeningTheAccount() {
    User grace = aUser().withUsername("grace").build();
    Instant end = grace.createdAt().plusSeconds(1);
    User late =
        aUser().withUsername("grace").withEmail("late@example.org").withCreatedAt(end).build();
    assertThat(registrations.add(grace, end)).isEqualTo(Users.Addition.ADDED);

    CompletableFuture<Users.Addition> addition =
        transactions.execute(
            () -> {
              User taken = registrations.take(grace.id()).orElseThrow();
              CompletableFuture<Users.Addition> others =
                  waiting(() -> registrations.add(late, end.plusSeconds(1)));
              assertThat(users.add(taken)).isEqualTo(Users.Addition.ADDED);
              return others;
            });

    assertThat(addition.join()).isEqualTo(Users.Addition.USERNAME_TAKEN);
  }

  @Test
  void whoMovesToAnAddressThatIsBeingTakenWaitsAndDoesNotGetIt() {
    User other = aUser().withUsername("grace").build();
    CompletableFuture<Boolean> change =
        transactions.execute(
            () -> {
              assertThat(users.add(other)).isEqualTo(Users.Addition.ADDED);
              return waiting(() -> changesEmail(other.email()));
            });

    assertThat(change.join()).isFalse();
  }

  @Test
  void whoMovesToAnAddressThatIsNotTakenAfterAllGetsIt() {
    User other = aUser().withUsername("grace").build();
    var change = new AtomicReference<CompletableFuture<Boolean>>();
    assertThatThrownBy(
            () ->
                transactions.execute(
                    () -> {
                      assertThat(users.add(other)).isEqualTo(Users.Addition.ADDED);
                      change.set(waiting(() -> changesEmail(other.email())));
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(change.get().join()).isTrue();
  }

  private boolean changesEmail(EmailAddress email) {
    EmailAddress expected = user.email();
    return users.changeEmail(user.id(), expected, email, user.createdAt());
  }

  @Test
  void whoLocksAUserGetsWhatTheOneBeforeHasLeft() {
    CompletableFuture<Optional<User>> locked =
        transactions.execute(
            () -> {
              assertThat(users.lock(user.id())).contains(user);
              CompletableFuture<Optional<User>> others = waiting(() -> users.lock(user.id()));
              users.changeStatus(user.id(), UserStatus.DISABLED);
              return others;
            });

    assertThat(locked.join().orElseThrow().isActive()).isFalse();
  }

  @Test
  void whoAsksForTheAdministratorsWaitsForThoseWhoKnowThem() {
    users.changeRoles(user.id(), Set.of(Role.ADMIN));

    CompletableFuture<Set<UserId>> administrators =
        transactions.execute(
            () -> {
              assertThat(users.lockAdministrators()).containsExactly(user.id());
              CompletableFuture<Set<UserId>> others = waiting(users::lockAdministrators);
              users.changeStatus(user.id(), UserStatus.DISABLED);
              return others;
            });

    assertThat(administrators.join()).isEmpty();
  }

  private Session atGeneration(int generation) {
    return aSession().withId(id).withUser(user).withGeneration(generation).build();
  }

  /** Does the work in a transaction of another thread, and commits it. */
  private <T> T meanwhile(Supplier<T> work) {
    return CompletableFuture.supplyAsync(() -> transactions.execute(work)).join();
  }

  /** Starts the work in a transaction of another thread, and returns when that has to wait. */
  private <T> CompletableFuture<T> waiting(Supplier<T> work) {
    CompletableFuture<T> result = CompletableFuture.supplyAsync(() -> transactions.execute(work));
    while (!PostgresServer.isAnybodyWaiting()) {
      assertThat(result).isNotDone();
    }
    return result;
  }
}
