package dev.latchkey.testkit;

import static dev.latchkey.testkit.TestApplication.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.in.session.ExchangeRefreshToken.Result;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.ExchangeAttempt;
import dev.latchkey.domain.session.ExchangeDecision;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an exchange comes to if the session changes between its reading and its writing. */
public abstract class ExchangeInterleavings {

  private Sessions storedSessions;
  private InterleavedSessions sessions;
  private TestApplication latchkey;
  private IssuedTokens first;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void register() {
    Stores stores = emptyStores();
    storedSessions = stores.sessions();
    sessions = new InterleavedSessions(storedSessions);
    latchkey = TestApplication.on(stores.with(sessions));
    first = latchkey.registered("ada");
  }

  @Test
  void givesTheLoserOfTwoExchangesTheSuccessorOfTheWinner() {
    var winner = new Rival(first.refreshTokenText());
    sessions.beforeNextAdvance(winner);

    IssuedTokens loser = latchkey.exchanged(first.refreshTokenText());

    assertThat(tokens(winner.result()).outcome()).isEqualTo(Outcome.ROTATED);
    assertThat(loser.outcome()).isEqualTo(Outcome.RETRIED);
    assertThat(loser.refreshTokenText()).isEqualTo(tokens(winner.result()).refreshTokenText());
    assertThat(storedSession().generation()).isEqualTo(new Generation(1));
  }

  @Test
  void refusesAnExchangeThatLosesToALogOut() {
    sessions.beforeNextAdvance(
        () ->
            assertThat(latchkey.logOut(first.refreshTokenText()))
                .isInstanceOf(RevokeToken.Result.Revoked.class));

    assertThat(latchkey.exchange(first.refreshTokenText())).isInstanceOf(Result.Revoked.class);

    assertThat(storedSession().generation()).isEqualTo(Generation.FIRST);
    assertThat(storedSession().revocation())
        .extracting(Revocation::reason)
        .isEqualTo(Revocation.Reason.LOGGED_OUT);
  }

  /** Otherwise a log-out could complete before an earlier exchange has created its access token. */
  @Test
  void makesTheAccessTokenBeforeItWrites() {
    int before = latchkey.accessTokens().count();
    var atTheWrite = new AtomicInteger();
    sessions.beforeNextAdvance(() -> atTheWrite.set(latchkey.accessTokens().count()));

    assertThat(latchkey.exchanged(first.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);

    assertThat(atTheWrite).hasValue(before + 1);
    assertThat(latchkey.accessTokens().count()).isEqualTo(before + 1);
  }

  @Test
  void refusesAnExchangeThatLosesToTheDetectionOfAReuse() {
    TokenText current = latchkey.exchanged(first.refreshTokenText()).refreshTokenText();
    latchkey.clock().advance(Duration.ofHours(1));
    var thief = new Rival(first.refreshTokenText());
    sessions.beforeNextAdvance(thief);

    assertThat(latchkey.exchange(current)).isInstanceOf(Result.Revoked.class);

    assertThat(thief.result()).isInstanceOf(Result.ReuseDetected.class);
    assertThat(storedSession().generation()).isEqualTo(new Generation(1));
  }

  /**
   * The token was the current one when it came: whoever sent it is slow, which is no proof of
   * theft.
   */
  @Test
  void doesNotMistakeATokenOvertakenTwiceForTheft() {
    sessions.beforeNextAdvance(
        () -> {
          IssuedTokens second = latchkey.exchanged(first.refreshTokenText());
          assertThat(latchkey.exchanged(second.refreshTokenText()).outcome())
              .isEqualTo(Outcome.ROTATED);
        });

    assertThat(latchkey.exchange(first.refreshTokenText())).isInstanceOf(Result.Overtaken.class);

    assertThat(storedSession().isRevoked()).isFalse();
    assertThat(storedSession().generation()).isEqualTo(new Generation(2));
  }

  @Test
  void rotatesATokenAheadOfTheStoreAfterALostRace() {
    sessions.beforeNextAdvance(this::advanceByOne);

    IssuedTokens tokens = latchkey.exchanged(tokenOfGeneration(1000));

    assertThat(tokens.outcome()).isEqualTo(Outcome.ROTATED);
    assertThat(storedSession()).isEqualTo(tokens.session());
    assertThat(storedSession().generation()).isEqualTo(new Generation(1001));
  }

  @Test
  void givesUpRatherThanLoseForever() {
    for (int i = 0; i < 100; i++) {
      sessions.beforeNextAdvance(this::advanceByOne);
    }

    assertThatThrownBy(() -> latchkey.exchanged(tokenOfGeneration(1000)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("an exchange lost 8 races in a row");

    assertThat(storedSession().generation()).isEqualTo(new Generation(8));
    assertThat(storedSession().isRevoked()).isFalse();
  }

  @Test
  void concurrentExchangesAllGetTheSameSuccessor() throws Exception {
    List<IssuedTokens> all = Race.run(_ -> latchkey.exchanged(first.refreshTokenText()));

    assertThat(all).extracting(IssuedTokens::outcome).containsOnlyOnce(Outcome.ROTATED);
    assertThat(all)
        .extracting(IssuedTokens::refreshTokenText)
        .containsOnly(all.getFirst().refreshTokenText());
    assertThat(storedSession().generation()).isEqualTo(new Generation(1));
  }

  /** What another, who knows nothing of this one, does to the session. */
  private void advanceByOne() {
    Session read = storedSession();
    var attempt = new ExchangeAttempt(read.currentToken(), null, null, read.masterKeyId());
    var decision = read.exchange(attempt, latchkey.clock().instant(), TestApplication.POLICY);
    Session rotated = ((ExchangeDecision.Rotated) decision).session();
    assertThat(storedSessions.advance(rotated, read.generation())).isTrue();
  }

  private TokenText tokenOfGeneration(int generation) {
    Session session = first.session();
    var token = new RefreshToken(session.id(), new Generation(generation), session.masterKeyId());
    return latchkey.refreshTokens().derive(token, session.salt());
  }

  private Session storedSession() {
    SessionId id = first.session().id();
    return storedSessions.find(id).orElseThrow();
  }

  /** Somebody else who presents a token. */
  private final class Rival implements Runnable {

    private final TokenText token;
    private volatile @Nullable Result result;

    Rival(TokenText token) {
      this.token = token;
    }

    @Override
    public void run() {
      result = latchkey.exchange(token);
    }

    Result result() {
      return Objects.requireNonNull(result, "the rival has not run");
    }
  }
}
