package dev.latchkey.application.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.EndedSessionsDocument;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.account.DeleteAccount;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.MeasureEndedSessions.Measure;
import dev.latchkey.application.port.in.session.PublishEndedSessions;
import dev.latchkey.application.port.in.session.PublishEndedSessions.Result.Published;
import dev.latchkey.application.port.in.session.PublishEndedSessions.Result.Unknown;
import dev.latchkey.application.port.in.session.RenewEndedSessions;
import dev.latchkey.application.port.in.session.RenewEndedSessions.Result.NobodyListens;
import dev.latchkey.application.port.in.session.RenewEndedSessions.Result.Read;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.session.EndedSessionsList;
import dev.latchkey.domain.session.RecentlyEnded;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.testkit.FakeEndedSessionsDocuments;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EndedSessionsFeedTest {

  private static final Duration TICK = Duration.ofMillis(250);

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final Watched store = new Watched(latchkey.stores().endedSessions());
  private final FakeEndedSessionsDocuments documents = new FakeEndedSessionsDocuments();
  private final EndedSessionsFeed feed = feedOn(latchkey, store, documents, 3);
  private final PublishEndedSessions publish = new PublishEndedSessionsService(feed);
  private final RenewEndedSessions renew = new RenewEndedSessionsService(feed);

  static EndedSessionsFeed feedOn(TestApplication latchkey, EndedSessions sessions) {
    return feedOn(latchkey, sessions, new FakeEndedSessionsDocuments(), EndedSessionsFeed.MOST);
  }

  private static EndedSessionsFeed feedOn(
      TestApplication latchkey,
      EndedSessions sessions,
      FakeEndedSessionsDocuments documents,
      int most) {
    return new EndedSessionsFeed(
        sessions,
        documents,
        TestApplication.keyRing(latchkey.clock()),
        TestApplication.ACCESS_TOKEN_LIFETIME,
        most,
        latchkey.clock());
  }

  @Test
  void namesASessionThatEndedAndNoOther() {
    IssuedTokens laptop = latchkey.registered("ada");
    var _ = latchkey.loggedIn("ada");
    var _ = latchkey.logOut(laptop.refreshTokenText());

    EndedSessionsList list = whole();

    assertThat(list.sessions()).containsExactly(laptop.session().id());
    assertThat(list.asOf()).isEqualTo(latchkey.clock().instant());
    assertThat(list.since()).isNull();
    assertThat(list.notBefore()).isNull();
  }

  @Test
  void namesTheSessionsOfADeletedAccount() {
    IssuedTokens laptop = latchkey.registered("ada");
    IssuedTokens phone = latchkey.loggedIn("ada");
    var command =
        new DeleteAccount.Command(
            laptop.session().userId(),
            laptop.session().id(),
            Password.of(TestApplication.PASSWORD),
            TestApplication.DEVICE);
    assertThat(latchkey.accountLife().deleteAccount().execute(command))
        .isInstanceOf(DeleteAccount.Result.Deleted.class);

    assertThat(whole().sessions())
        .containsExactlyInAnyOrder(laptop.session().id(), phone.session().id());
  }

  /** Five minutes of the token, one for who accepts it later, one for a late commit. */
  @Test
  void namesASessionForLongerThanItsAccessTokensLive() {
    SessionId ended = endOne();
    assertThat(feed.window()).isEqualTo(Duration.ofMinutes(7));
    latchkey.clock().advance(feed.window().minusMillis(1));
    assertThat(whole().sessions()).containsExactly(ended);

    latchkey.clock().advance(Duration.ofMillis(2));
    latchkey.clock().advance(EndedSessionsFeed.RENEWAL);

    assertThat(whole().sessions()).isEmpty();
  }

  @Test
  void saysWhatIsNewAtTheNextTickAndIsAnotherVersion() {
    EndedSessionsDocument first = document(null);
    latchkey.clock().advance(TICK);
    assertThat(renew.execute()).isEqualTo(new Read(first.version()));
    SessionId ended = endOne();
    latchkey.clock().advance(TICK);

    assertThat(renew.execute()).isEqualTo(new Read(first.version() + 1));

    assertThat(published(first.asOf()).isNews()).isTrue();
    assertThat(documents.read(document(first.asOf()).text()).sessions()).containsExactly(ended);
  }

  @Test
  void isNoNewsToWhoKnowsIt() {
    Instant known = document(null).asOf();
    latchkey.clock().advance(TICK);
    var _ = renew.execute();

    assertThat(published(known).isNews()).isFalse();
    assertThat(published(known.minusMillis(1)).isNews()).isTrue();
    assertThat(published(known.plusSeconds(5)).isNews()).as("from another node").isFalse();
    assertThat(published(null).isNews()).isTrue();
  }

  @Test
  void saysSoEveryTenSecondsIfThereIsNothingNew() {
    EndedSessionsDocument first = document(null);
    latchkey.clock().advance(EndedSessionsFeed.RENEWAL.minusMillis(1));
    assertThat(renew.execute()).isEqualTo(new Read(first.version()));
    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(renew.execute()).isEqualTo(new Read(first.version() + 1));

    assertThat(document(first.asOf()).asOf()).isEqualTo(latchkey.clock().instant());
  }

  @Test
  void coversSomeSecondsMoreThanWasAskedFor() {
    Instant start = document(null).asOf();
    latchkey.clock().advance(Duration.ofSeconds(30));
    var _ = renew.execute();

    for (int known = 0; known <= 30; known++) {
      Instant since = documents.read(document(start.plusSeconds(known)).text()).since();

      assertThat(since).isBeforeOrEqualTo(start.plusSeconds(known).minus(RecentlyEnded.OVERLAP));
    }
  }

  @Test
  void signsOneDocumentForAllWhoKnowAboutTheSame() {
    Instant start = document(null).asOf();
    latchkey.clock().advance(Duration.ofSeconds(30));
    var _ = renew.execute();
    int before = documents.count();

    for (int i = 0; i < 100; i++) {
      var _ = document(start.plusMillis(29_000 + i));
    }

    assertThat(documents.count()).isEqualTo(before + 1);
  }

  @Test
  void signsFewDocumentsWhateverIsAskedFor() {
    Instant start = document(null).asOf();
    int before = documents.count();

    for (int i = -1000; i < 1000; i++) {
      var _ = document(start.plusSeconds(i));
    }

    assertThat(documents.count() - before).isLessThanOrEqualTo(6);
  }

  @Test
  void givesAllToWhoKnowsADocumentOfTheFutureOrOfLongAgo() {
    Instant now = document(null).asOf();

    assertThat(documents.read(document(now.plusSeconds(16)).text()).since()).isNull();
    assertThat(published(now.plusSeconds(16)).isNews()).isTrue();
    assertThat(documents.read(document(now.minusSeconds(1000)).text()).since()).isNull();
    assertThat(documents.read(document(Instant.EPOCH).text()).since()).isNull();
    assertThat(documents.read(document(Instant.MAX).text()).since()).isNull();
    assertThat(documents.read(document(Instant.MIN).text()).since()).isNull();
  }

  @Test
  void namesWhatWasCommittedLate() {
    IssuedTokens ada = latchkey.registered("ada");
    Instant early = latchkey.clock().instant();
    latchkey.clock().advance(Duration.ofSeconds(5));
    Instant known = document(null).asOf();
    revoke(ada, early);
    latchkey.clock().advance(TICK);
    var _ = renew.execute();

    assertThat(documents.read(document(known).text()).sessions())
        .containsExactly(ada.session().id());
  }

  /** Later than the ticks look back: the reading of all finds it. */
  @Test
  void namesWhatWasCommittedVeryLateWithinTenSeconds() {
    IssuedTokens ada = latchkey.registered("ada");
    Instant early = latchkey.clock().instant();
    latchkey.clock().advance(Duration.ofSeconds(40));
    Instant known = document(null).asOf();
    revoke(ada, early);
    latchkey.clock().advance(EndedSessionsFeed.RENEWAL);
    var _ = renew.execute();

    assertThat(documents.read(document(known).text()).sessions())
        .containsExactly(ada.session().id());
  }

  @Test
  void aTickReadsOnlyWhatIsNew() {
    Instant start = document(null).asOf();
    assertThat(store.after).isEqualTo(start.minus(feed.window()));
    latchkey.clock().advance(TICK);
    var _ = renew.execute();

    assertThat(store.after).isEqualTo(start.minus(RecentlyEnded.OVERLAP));
  }

  @Test
  void asksTheStoreOnceForAllWhoListen() {
    for (int i = 0; i < 100; i++) {
      var _ = document(null);
    }

    assertThat(store.readings).isEqualTo(1);
  }

  @Test
  void asksTheStoreNothingWhenNobodyListens() {
    assertThat(renew.execute()).isEqualTo(new NobodyListens());
    var _ = document(null);
    latchkey.clock().advance(EndedSessionsFeed.LISTENED_TO);

    assertThat(renew.execute()).isEqualTo(new NobodyListens());
    assertThat(store.readings).isEqualTo(1);
    assertThat(new MeasureEndedSessionsService(feed).execute().age()).isZero();

    SessionId ended = endOne();
    assertThat(whole().sessions()).containsExactly(ended);
  }

  @Test
  void publishesWhatItKnowsDuringAnOutageAndThenNothing() {
    SessionId ended = endOne();
    Instant start = document(null).asOf();
    store.unavailable = true;

    latchkey.clock().advance(EndedSessionsFeed.MAX_AGE);
    assertThat(whole().sessions()).containsExactly(ended);
    assertThat(document(null).asOf()).isEqualTo(start);
    assertThatThrownBy(renew::execute).isInstanceOf(StorageUnavailableException.class);

    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(publish.execute(new PublishEndedSessions.Command(null))).isEqualTo(new Unknown());

    store.unavailable = false;
    latchkey.clock().advance(EndedSessionsFeed.FRESH);
    SessionId another = endOne();
    assertThat(whole().sessions()).containsExactlyInAnyOrder(ended, another);
  }

  @Test
  void knowsNothingBeforeItHasReadForTheFirstTime() {
    store.unavailable = true;

    assertThat(publish.execute(new PublishEndedSessions.Command(null))).isEqualTo(new Unknown());
  }

  /** Callers wait for a store that does not answer, but not all of them again and again. */
  @Test
  void asksAnUnavailableStoreOnceASecond() {
    store.unavailable = true;
    for (int i = 0; i < 100; i++) {
      var _ = publish.execute(new PublishEndedSessions.Command(null));
    }

    assertThat(store.readings).isEqualTo(1);
  }

  @Test
  void refusesByTimeWhatIsTooMuchToName() {
    var _ = latchkey.registered("ada");
    for (int i = 0; i < 5; i++) {
      latchkey.clock().advance(Duration.ofSeconds(20));
      var _ = latchkey.logOut(latchkey.loggedIn("ada").refreshTokenText());
    }
    Instant last = latchkey.clock().instant();
    latchkey.clock().advance(Duration.ofSeconds(20));

    assertThat(whole().sessions()).hasSize(3);
    assertThat(whole().notBefore()).isEqualTo(last.minusSeconds(60).plus(RecentlyEnded.OVERLAP));
  }

  @Test
  void givesAllToWhoKnowsADocumentFromBeforeTheClockWasSetBack() {
    Instant before = document(null).asOf();
    latchkey.clock().advance(Duration.ofSeconds(-30));
    SessionId ended = endOne();
    var _ = renew.execute();
    latchkey.clock().advance(Duration.ofSeconds(50));
    var _ = renew.execute();

    EndedSessionsList list = documents.read(document(before).text());

    assertThat(list.since()).isNull();
    assertThat(list.sessions()).containsExactly(ended);
  }

  @Test
  void isMeasured() {
    var _ = endOne();
    assertThat(feed.measure()).isEqualTo(new Measure(0, Duration.ZERO, 0));
    var _ = document(null);
    latchkey.clock().advance(Duration.ofSeconds(3));

    assertThat(feed.measure()).isEqualTo(new Measure(1, Duration.ofSeconds(3), 1));
  }

  private SessionId endOne() {
    String name = "user" + latchkey.stores().endedSessions().latest(Instant.EPOCH, 99).size();
    IssuedTokens tokens = latchkey.registered(name);
    var _ = latchkey.logOut(tokens.refreshTokenText());
    return tokens.session().id();
  }

  private void revoke(IssuedTokens tokens, Instant at) {
    latchkey
        .stores()
        .sessions()
        .revoke(tokens.session().id(), new Revocation(at, Revocation.Reason.LOGGED_OUT));
  }

  private EndedSessionsList whole() {
    return documents.read(document(null).text());
  }

  private EndedSessionsDocument document(@Nullable Instant since) {
    return published(since).document();
  }

  private Published published(@Nullable Instant since) {
    return (Published) publish.execute(new PublishEndedSessions.Command(since));
  }

  /** Counts, and fails when it is to. */
  private static final class Watched implements EndedSessions {

    private final EndedSessions sessions;
    private int readings;
    private boolean unavailable;
    private @Nullable Instant after;

    Watched(EndedSessions sessions) {
      this.sessions = sessions;
    }

    @Override
    public List<EndedSession> latest(Instant time, int limit) {
      readings++;
      after = time;
      if (unavailable) {
        throw new StorageUnavailableException(new IllegalStateException("for the test"));
      }
      return sessions.latest(time, limit);
    }

    @Override
    public int deleteEndedBefore(Instant time, int limit) {
      return sessions.deleteEndedBefore(time, limit);
    }

    @Override
    public Optional<Instant> oldestEnd(Instant now) {
      return sessions.oldestEnd(now);
    }

    @Override
    public void rememberThoseOf(UserId userId, Instant at) {
      sessions.rememberThoseOf(userId, at);
    }

    @Override
    public int forgetRememberedBefore(Instant time, int limit) {
      return sessions.forgetRememberedBefore(time, limit);
    }
  }
}
