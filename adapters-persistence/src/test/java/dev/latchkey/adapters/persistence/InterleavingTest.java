package dev.latchkey.adapters.persistence;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two transactions on two connections, the second one while the first is under way: nothing is left
 * to luck.
 */
final class InterleavingTest {

  private final Users users = PostgresServer.bean(Users.class);
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

  private Session atGeneration(int generation) {
    return aSession().withId(id).withUser(user).withGeneration(generation).build();
  }

  /** Does the work in a transaction of another thread, and commits it. */
  private <T> T meanwhile(Supplier<T> work) {
    return CompletableFuture.supplyAsync(() -> transactions.execute(work)).join();
  }
}
