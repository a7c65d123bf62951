package dev.latchkey.application.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.application.port.in.session.DeleteEndedSessions;
import dev.latchkey.application.port.in.session.DeleteEndedSessions.Result.Deleted;
import dev.latchkey.application.port.in.session.DeleteEndedSessions.Result.Suspended;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.testkit.FakeTrustedTime;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeleteEndedSessionsServiceTest {

  private static final Duration RETENTION = Duration.ofDays(30);

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final IssuedTokens ada = latchkey.registered("ada");
  private final FakeTrustedTime time = new FakeTrustedTime(latchkey.clock());
  private final DeleteEndedSessions deleteEndedSessions =
      service(latchkey.stores().endedSessions(), RETENTION);

  @Test
  void aRevokedSessionIsKeptForTheRetentionTime() {
    var _ = latchkey.logOut(ada.refreshTokenText());
    latchkey.clock().advance(RETENTION);

    assertThat(execute()).isEqualTo(new Deleted(0, Duration.ZERO));

    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(execute()).isEqualTo(new Deleted(1, Duration.ZERO));
    assertThat(latchkey.stores().sessions().find(ada.session().id())).isEmpty();
  }

  @Test
  void anExpiredSessionIsKeptForTheRetentionTimeAfterItsAbsoluteEnd() {
    latchkey.clock().set(ada.session().absoluteExpiresAt().plus(RETENTION));
    assertThat(execute().count()).isZero();

    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(execute().count()).isEqualTo(1);
  }

  @Test
  void anActiveSessionIsNeverDeleted() {
    latchkey.clock().advance(Duration.ofDays(6));

    assertThat(execute().count()).isZero();
    assertThat(latchkey.stores().sessions().find(ada.session().id())).isPresent();
  }

  @Test
  void moreThanOneBatchIsDeletedInOneExecution() {
    for (int i = 0; i < 1000; i++) {
      var _ = latchkey.logOut(latchkey.loggedIn("ada").refreshTokenText());
    }
    latchkey.clock().advance(RETENTION.plusMillis(1));

    assertThat(execute().count()).isEqualTo(1000);
  }

  @Test
  void nothingIsOverdueBeforeTheRetentionTimeIsOver() {
    var _ = latchkey.logOut(ada.refreshTokenText());
    latchkey.clock().advance(RETENTION.dividedBy(2));

    assertThat(execute()).isEqualTo(new Deleted(0, Duration.ZERO));
  }

  @Test
  void saysForHowLongWhatOthersAreStillDeletingIsOverdue() {
    var _ = latchkey.logOut(ada.refreshTokenText());
    latchkey.clock().advance(RETENTION.plusHours(1));
    var inTheHandsOfOthers =
        service(new InTheHandsOfOthers(latchkey.stores().endedSessions()), RETENTION);

    assertThat(inTheHandsOfOthers.execute()).isEqualTo(new Deleted(0, Duration.ofHours(1)));
  }

  @Test
  void theRetentionTimeIsNeverNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service(latchkey.stores().endedSessions(), Duration.ofMillis(-1)));
  }

  @Test
  void noSessionIsDeletedWhileTheFeedNamesIt() {
    EndedSessions sessions = latchkey.stores().endedSessions();
    Duration window = EndedSessionsFeedTest.feedOn(latchkey, sessions).window();
    var _ = latchkey.logOut(ada.refreshTokenText());
    latchkey.clock().advance(window);

    assertThat(service(sessions, Duration.ZERO).execute()).isEqualTo(new Deleted(0, Duration.ZERO));

    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(service(sessions, Duration.ZERO).execute()).isEqualTo(new Deleted(1, Duration.ZERO));
  }

  @Test
  void whatIsRememberedOfDeletedAccountsIsForgottenWhenTheFeedNamesItNoMore() {
    EndedSessions sessions = latchkey.stores().endedSessions();
    Duration window = EndedSessionsFeedTest.feedOn(latchkey, sessions).window();
    sessions.rememberThoseOf(ada.session().userId(), latchkey.clock().instant());
    latchkey.clock().advance(window);

    assertThat(execute().count()).isZero();
    assertThat(sessions.latest(Instant.EPOCH, 1)).hasSize(1);

    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(execute().count()).isZero();
    assertThat(sessions.latest(Instant.EPOCH, 1)).isEmpty();
  }

  @Test
  void nothingIsDeletedWhileTheTimeCannotBeReliedOn() {
    time.distrust();
    latchkey.clock().advance(Duration.ofDays(400));

    assertThat(deleteEndedSessions.execute()).isEqualTo(new Suspended());

    assertThat(latchkey.stores().sessions().find(ada.session().id())).isPresent();
    time.trust();
    assertThat(execute().count()).isEqualTo(1);
  }

  private DeleteEndedSessionsService service(EndedSessions sessions, Duration retention) {
    return new DeleteEndedSessionsService(
        latchkey.stores().transactions(),
        sessions,
        retention,
        EndedSessionsFeedTest.feedOn(latchkey, sessions),
        time);
  }

  private Deleted execute() {
    return (Deleted) deleteEndedSessions.execute();
  }

  /** Each of them is being deleted by another node at this moment. */
  private record InTheHandsOfOthers(EndedSessions sessions) implements EndedSessions {

    @Override
    public int deleteEndedBefore(Instant time, int limit) {
      return 0;
    }

    @Override
    public Optional<Instant> oldestEnd(Instant now) {
      return sessions.oldestEnd(now);
    }

    @Override
    public List<EndedSession> latest(Instant after, int limit) {
      return sessions.latest(after, limit);
    }

    @Override
    public void rememberThoseOf(UserId userId, Instant at) {
      sessions.rememberThoseOf(userId, at);
    }

    @Override
    public int forgetRememberedBefore(Instant time, int limit) {
      return 0;
    }
  }
}
