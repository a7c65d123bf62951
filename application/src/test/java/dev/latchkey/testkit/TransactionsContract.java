package dev.latchkey.testkit;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transactions} keeps to, together with the users and sessions of the same store.
 */
public abstract class TransactionsContract {

  private final User ada = aUser().withUsername("ada").build();
  private final User grace = aUser().withUsername("grace").build();
  private Users users;
  private Sessions sessions;
  private Transactions transactions;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void open() {
    Stores stores = emptyStores();
    users = stores.users();
    sessions = stores.sessions();
    transactions = stores.transactions();
  }

  @Test
  void commitsAndHandsOutAResult() {
    Addition result = transactions.execute(() -> users.add(ada));

    assertThat(result).isEqualTo(Addition.ADDED);
    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void commitsWhateverTheResultSays() {
    String result =
        transactions.execute(
            () -> {
              add(ada);
              return "refused";
            });

    assertThat(result).isEqualTo("refused");
    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void seesItsOwnWrites() {
    assertThat(
            transactions.execute(
                () -> {
                  add(ada);
                  return users.findByUsername(ada.username());
                }))
        .contains(ada);
  }

  /**
   * Read committed: an exchange that lost a race reads again, and must then find what the winner
   * wrote.
   */
  @Test
  void eachStatementSeesWhatOthersCommittedBeforeIt() {
    add(ada);
    Session session = aSession().withUser(ada).build();
    Session winners = aSession().withId(session.id()).withUser(ada).withGeneration(1).build();
    sessions.add(session);

    Optional<Session> readAgain =
        transactions.execute(
            () -> {
              assertThat(sessions.find(session.id())).contains(session);
              assertThat(
                      CompletableFuture.supplyAsync(
                              () -> sessions.advance(winners, Generation.FIRST))
                          .join())
                  .isTrue();
              assertThat(sessions.advance(winners, Generation.FIRST)).isFalse();
              return sessions.find(session.id());
            });

    assertThat(readAgain).contains(winners);
  }

  @Test
  void goesOnAfterAStatementThatWasRefused() {
    add(ada);

    assertThat(
            transactions.execute(
                () -> {
                  assertThat(users.add(aUser().withUsername("ada").build()))
                      .isEqualTo(Addition.USERNAME_TAKEN);
                  return users.add(grace);
                }))
        .isEqualTo(Addition.ADDED);

    assertThat(users.find(grace.id())).contains(grace);
  }

  @Test
  void rollsBackEverythingIfTheWorkThrows() {
    add(ada);
    Session advanced = aSession().withUser(ada).build();
    Session revoked = aSession().withUser(ada).build();
    Session added = aSession().withUser(ada).build();
    sessions.add(advanced);
    sessions.add(revoked);

    Throwable thrown =
        thrownBy(
            () -> {
              add(grace);
              sessions.add(added);
              Session next =
                  aSession().withId(advanced.id()).withUser(ada).withGeneration(1).build();
              assertThat(sessions.advance(next, Generation.FIRST)).isTrue();
              assertThat(sessions.revoke(next.id(), logOut())).isTrue();
              assertThat(sessions.revoke(revoked.id(), logOut())).isTrue();
              throw new IllegalStateException("after five writes");
            });

    assertThat(thrown).hasMessage("after five writes");
    assertThat(users.find(grace.id())).isEmpty();
    assertThat(sessions.find(added.id())).isEmpty();
    assertThat(sessions.find(advanced.id())).contains(advanced);
    assertThat(sessions.find(revoked.id())).contains(revoked);
  }

  @Test
  void throwsTheVeryExceptionThatTheWorkThrew() {
    var exception = new IllegalArgumentException("mine");

    assertThat(
            thrownBy(
                () -> {
                  throw exception;
                }))
        .isSameAs(exception);
  }

  @Test
  void rollsBackAndThrowsTheVeryErrorToo() {
    var error = new StackOverflowError("mine");

    assertThat(
            thrownBy(
                () -> {
                  add(ada);
                  throw error;
                }))
        .isSameAs(error);
    assertThat(users.find(ada.id())).isEmpty();
  }

  @Test
  void joinsTheTransactionThatIsUnderWay() {
    thrownBy(
        () -> {
          assertThat(transactions.execute(() -> users.add(ada))).isEqualTo(Addition.ADDED);
          throw new IllegalStateException("after the inner one returned");
        });

    assertThat(users.find(ada.id())).isEmpty();
  }

  @Test
  void rollsBackTheOuterOneIfTheInnerOneThrows() {
    thrownBy(
        () -> {
          add(ada);
          Addition _ =
              transactions.execute(
                  () -> {
                    throw new IllegalStateException("inside");
                  });
        });

    assertThat(users.find(ada.id())).isEmpty();
  }

  @Test
  void commitsTheInnerOneWithTheOuterOne() {
    Addition result = transactions.execute(() -> transactions.execute(() -> users.add(ada)));

    assertThat(result).isEqualTo(Addition.ADDED);
    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void startsAfreshAfterARollBack() {
    thrownBy(
        () -> {
          add(ada);
          throw new IllegalStateException("the first time");
        });

    assertThat(transactions.execute(() -> users.add(ada))).isEqualTo(Addition.ADDED);
    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void leavesAloneWhatWasCommittedBefore() {
    add(ada);

    thrownBy(
        () -> {
          throw new IllegalStateException("without a write");
        });

    assertThat(users.find(ada.id())).contains(ada);
  }

  @Test
  void servesManyThreadsAtOnce() throws Exception {
    assertThat(
            Race.run(
                i ->
                    transactions.execute(
                        () -> {
                          User user = aUser().withUsername("ada" + i).build();
                          add(user);
                          sessions.add(aSession().withUser(user).build());
                          return users.find(user.id()).equals(Optional.of(user));
                        })))
        .containsOnly(true);

    for (int i = 0; i < Race.CONTESTANTS; i++) {
      assertThat(users.findByUsername(aUser().withUsername("ada" + i).build().username()))
          .isPresent();
    }
  }

  private void add(User user) {
    assertThat(users.add(user)).isEqualTo(Addition.ADDED);
  }

  private Throwable thrownBy(Runnable work) {
    return catchThrowable(
        () ->
            transactions.execute(
                () -> {
                  work.run();
                  return true;
                }));
  }

  private static Revocation logOut() {
    return new Revocation(Instant.parse("2026-01-02T00:00:00Z"), Revocation.Reason.LOGGED_OUT);
  }
}
