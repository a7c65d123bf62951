package dev.latchkey.testkit;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EndedSessions} keeps to. */
public abstract class EndedSessionsContract {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = START.plus(Duration.ofDays(30));
  private static final Duration TICK = Duration.ofMillis(1);

  private final User ada = aUser().build();
  private Stores stores;
  private EndedSessions ended;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void open() {
    stores = emptyStores();
    ended = stores.endedSessions();
    assertThat(stores.users().add(ada)).isEqualTo(Addition.ADDED);
  }

  @Test
  void deletesWhatEndedBeforeAndNothingElse() {
    Session revoked = added(revokedAt(START));
    Session revokedLater = added(revokedAt(START.plus(TICK)));
    Session active = added(aSession());

    assertThat(ended.deleteEndedBefore(START.plus(TICK), 10)).isEqualTo(1);

    assertThat(stores.sessions().find(revoked.id())).isEmpty();
    assertThat(stores.sessions().find(revokedLater.id())).isPresent();
    assertThat(stores.sessions().find(active.id())).isPresent();
  }

  @Test
  void deletesWhatIsPastItsAbsoluteEnd() {
    Session session = added(aSession());

    assertThat(ended.deleteEndedBefore(END, 10)).isZero();
    assertThat(ended.deleteEndedBefore(END.plus(TICK), 10)).isEqualTo(1);

    assertThat(stores.sessions().find(session.id())).isEmpty();
  }

  @Test
  void deletesNoMoreThanAskedFor() {
    for (int i = 0; i < 5; i++) {
      added(revokedAt(START));
    }

    assertThat(ended.deleteEndedBefore(END.plus(TICK), 3)).isEqualTo(3);
    assertThat(ended.deleteEndedBefore(END.plus(TICK), 3)).isEqualTo(2);
    assertThat(ended.deleteEndedBefore(END.plus(TICK), 3)).isZero();
  }

  @Test
  void deletesEachSessionOnceWhenManyDeleteAtOnce() throws Exception {
    for (int i = 0; i < 40; i++) {
      added(revokedAt(START));
    }

    assertThat(Race.run(_ -> deleteAll()).stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
  }

  private int deleteAll() {
    int count = 0;
    for (int deleted = -1; deleted != 0; count += deleted) {
      deleted = stores.transactions().execute(() -> ended.deleteEndedBefore(END, 5));
    }
    return count;
  }

  @Test
  void tellsTheOldestEnd() {
    assertThat(ended.oldestEnd(END.plus(TICK))).isEmpty();
    added(aSession());
    assertThat(ended.oldestEnd(END)).isEmpty();
    assertThat(ended.oldestEnd(END.plus(TICK))).contains(END);

    added(revokedAt(START.plus(TICK)));

    assertThat(ended.oldestEnd(END)).contains(START.plus(TICK));
  }

  @Test
  void tellsWhichSessionsWereRevokedAfterATimeTheLatestFirst() {
    var _ = added(revokedAt(START));
    Session second = added(revokedAt(START.plus(TICK)));
    Session third = added(revokedAt(START.plus(TICK.multipliedBy(2))));
    var _ = added(aSession());

    assertThat(ended.latest(START, 10))
        .containsExactly(
            new EndedSession(third.id(), START.plus(TICK.multipliedBy(2))),
            new EndedSession(second.id(), START.plus(TICK)));
    assertThat(ended.latest(START, 1)).extracting(EndedSession::id).containsExactly(third.id());
    assertThat(ended.latest(START.plus(TICK.multipliedBy(2)), 10)).isEmpty();
  }

  @Test
  void tellsWhichSessionsWereDeletedWithTheirAccount() {
    Session active = added(aSession());
    Session revoked = added(revokedAt(START.plus(TICK)));
    User other = aUser().withUsername("grace").withEmail("grace@example.org").build();
    assertThat(stores.users().add(other)).isEqualTo(Addition.ADDED);
    stores.sessions().add(aSession().withUser(other).build());

    deleteAda(START.plus(TICK.multipliedBy(2)));

    assertThat(stores.sessions().find(active.id())).isEmpty();
    assertThat(ended.latest(START, 10))
        .containsExactly(
            new EndedSession(active.id(), START.plus(TICK.multipliedBy(2))),
            new EndedSession(revoked.id(), START.plus(TICK)));
  }

  @Test
  void remembersNothingIfTheAccountStays() {
    var _ = added(aSession());

    assertThatThrownBy(
            () ->
                stores
                    .transactions()
                    .execute(
                        () -> {
                          ended.rememberThoseOf(ada.id(), START);
                          throw new IllegalStateException("something else failed");
                        }))
        .hasMessageContaining("something else");

    assertThat(ended.latest(Instant.EPOCH, 10)).isEmpty();
  }

  @Test
  void forgetsDeletedSessionsAfterATime() {
    var _ = added(revokedAt(START));
    Session later = added(aSession());
    deleteAda(START.plus(TICK));

    assertThat(ended.forgetRememberedBefore(START.plus(TICK), 10)).isEqualTo(1);

    assertThat(ended.latest(Instant.EPOCH, 10))
        .containsExactly(new EndedSession(later.id(), START.plus(TICK)));
    assertThat(ended.forgetRememberedBefore(END, 10)).isEqualTo(1);
    assertThat(ended.forgetRememberedBefore(END, 10)).isZero();
  }

  private void deleteAda(Instant now) {
    var _ =
        stores
            .transactions()
            .execute(
                () -> {
                  ended.rememberThoseOf(ada.id(), now);
                  stores.users().delete(ada.id(), END);
                  return ada;
                });
  }

  private static SessionMother.Builder revokedAt(Instant time) {
    return aSession().withRevocation(new Revocation(time, Revocation.Reason.LOGGED_OUT));
  }

  private Session added(SessionMother.Builder builder) {
    Session session =
        builder
            .withUser(ada)
            .withStartedAt(START)
            .withIdleExpiresAt(END)
            .withAbsoluteExpiresAt(END)
            .build();
    stores.sessions().add(session);
    return session;
  }
}
