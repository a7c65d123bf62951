package dev.latchkey.domain.session;

import static dev.latchkey.domain.session.SessionExamples.CURRENT_KEY;
import static dev.latchkey.domain.session.SessionExamples.POLICY;
import static dev.latchkey.domain.session.SessionExamples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.ExchangeDecision.RefusedExpired;
import dev.latchkey.domain.session.ExchangeDecision.RefusedRevoked;
import dev.latchkey.domain.session.ExchangeDecision.Retried;
import dev.latchkey.domain.session.ExchangeDecision.ReuseDetected;
import dev.latchkey.domain.session.ExchangeDecision.Rotated;
import dev.latchkey.domain.session.Revocation.Reason;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every case of the exchange, and both sides of every boundary. */
final class SessionExchangeTest {

  private static final IdempotencyKey KEY = IdempotencyKey.of("exchange-1");
  private static final IdempotencyKey OTHER_KEY = IdempotencyKey.of("exchange-2");

  /** When the session below was last exchanged. */
  private static final Instant ROTATED = START.plusSeconds(3600);

  private final Session fresh = SessionExamples.started();

  /** At generation 2, the last exchange made without a key. */
  private final Session session =
      rotated(rotated(fresh, START.plusSeconds(60), null), ROTATED, null);

  /** The same, the last exchange made with {@link #KEY}. */
  private final Session keyed = rotated(rotated(fresh, START.plusSeconds(60), null), ROTATED, KEY);

  @Nested
  final class OfTheCurrentToken {

    @Test
    void rotates() {
      Instant now = ROTATED.plus(Duration.ofDays(1));

      assertThat(exchange(session, 2, null, now))
          .isEqualTo(
              new Rotated(
                  new Session(
                      session.id(),
                      session.userId(),
                      session.clientId(),
                      new Generation(3),
                      CURRENT_KEY,
                      session.salt(),
                      session.startedAt(),
                      now,
                      now.plus(POLICY.idle()),
                      session.absoluteExpiresAt(),
                      null,
                      session.device(),
                      null,
                      null)));
    }

    @Test
    void rotatesInTheInstantOfTheExchangeBefore() {
      assertThat(exchange(session, 2, null, ROTATED)).isInstanceOf(Rotated.class);
    }

    @Test
    void rotatesOneMillisecondBeforeTheIdleEnd() {
      Instant end = ROTATED.plus(POLICY.idle());

      assertThat(exchange(session, 2, null, end.minusMillis(1))).isInstanceOf(Rotated.class);
    }

    @Test
    void isRefusedFromTheIdleEndOn() {
      Instant end = ROTATED.plus(POLICY.idle());

      assertThat(exchange(session, 2, null, end)).isEqualTo(new RefusedExpired(session));
      assertThat(exchange(session, 2, null, end.plusMillis(1)))
          .isEqualTo(new RefusedExpired(session));
    }

    @Test
    void neverMovesTheIdleEndPastTheAbsoluteEnd() {
      Session old = exchangedDailyUntilOneDayBeforeTheAbsoluteEnd();

      assertThat(old.idleExpiresAt()).isEqualTo(old.absoluteExpiresAt());
      assertThat(old.absoluteExpiresAt()).isEqualTo(START.plus(POLICY.absolute()));
    }

    @Test
    void isRefusedFromTheAbsoluteEndOnHoweverBusyTheSessionWas() {
      Session old = exchangedDailyUntilOneDayBeforeTheAbsoluteEnd();
      int current = old.generation().value();

      assertThat(exchange(old, current, null, old.absoluteExpiresAt().minusMillis(1)))
          .isInstanceOf(Rotated.class);
      assertThat(exchange(old, current, null, old.absoluteExpiresAt()))
          .isEqualTo(new RefusedExpired(old));
    }

    @Test
    void remembersTheKeyOfThisExchangeOnly() {
      Instant now = ROTATED.plusSeconds(1);

      assertThat(rotated(session, now, KEY).exchangeKey()).isEqualTo(KEY.hash(session.salt()));
      assertThat(rotated(keyed, now, OTHER_KEY).exchangeKey())
          .isEqualTo(OTHER_KEY.hash(session.salt()));
      assertThat(rotated(keyed, now, null).exchangeKey()).isNull();
    }

    @Test
    void rotatesEvenIfItBringsTheKeyOfTheExchangeBefore() {
      assertThat(exchange(keyed, 2, KEY, ROTATED.plusSeconds(1))).isInstanceOf(Rotated.class);
    }

    private Session exchangedDailyUntilOneDayBeforeTheAbsoluteEnd() {
      Session busy = fresh;
      for (int day = 1; day < POLICY.absolute().toDays(); day++) {
        busy = rotated(busy, START.plus(Duration.ofDays(day)), null);
      }
      return busy;
    }
  }

  @Nested
  final class OfTheTokenBefore {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 30_000, 59_999})
    void isARetryWithinTheWindow(long millis) {
      assertThat(exchange(session, 1, null, ROTATED.plusMillis(millis)))
          .isEqualTo(new Retried(session));
    }

    @ParameterizedTest
    @ValueSource(longs = {60_000, 60_001, 86_400_000})
    void isReuseFromTheEndOfTheWindowOn(long millis) {
      Instant now = ROTATED.plusMillis(millis);

      assertThat(exchange(session, 1, null, now)).isEqualTo(reuseDetected(session, now));
    }

    /** Another node's clock may be a little ahead. */
    @Test
    void isARetryIfTheExchangeSeemsToBeInTheFuture() {
      assertThat(exchange(session, 1, null, ROTATED.minusSeconds(5)))
          .isEqualTo(new Retried(session));
    }

    @Test
    void isARetryWithinTheWindowWhateverKeyItBrings() {
      Instant now = ROTATED.plus(POLICY.retryWindow()).minusMillis(1);

      assertThat(exchange(session, 1, KEY, now)).isEqualTo(new Retried(session));
      assertThat(exchange(keyed, 1, OTHER_KEY, now)).isEqualTo(new Retried(keyed));
      assertThat(exchange(keyed, 1, null, now)).isEqualTo(new Retried(keyed));
    }

    @Test
    void isARetryForADayIfItBringsTheKeyOfTheExchange() {
      Instant end = ROTATED.plus(Duration.ofHours(24));

      assertThat(exchange(keyed, 1, KEY, ROTATED.plus(POLICY.retryWindow())))
          .isEqualTo(new Retried(keyed));
      assertThat(exchange(keyed, 1, KEY, end.minusMillis(1))).isEqualTo(new Retried(keyed));
      assertThat(exchange(keyed, 1, KEY, end)).isEqualTo(reuseDetected(keyed, end));
    }

    @Test
    void isReuseAfterTheWindowWithoutTheKeyOfTheExchange() {
      Instant now = ROTATED.plus(POLICY.retryWindow());

      assertThat(exchange(keyed, 1, null, now)).isInstanceOf(ReuseDetected.class);
      assertThat(exchange(keyed, 1, OTHER_KEY, now)).isInstanceOf(ReuseDetected.class);
      assertThat(exchange(session, 1, KEY, now)).isInstanceOf(ReuseDetected.class);
    }

    /** Were the window to slide, a thief who retries every minute would never be found out. */
    @Test
    void doesNotMoveTheWindow() {
      var retried = (Retried) exchange(session, 1, null, ROTATED.plusSeconds(59));

      assertThat(exchange(retried.session(), 1, null, ROTATED.plusSeconds(61)))
          .isInstanceOf(ReuseDetected.class);
    }

    @Test
    void isToldTheMasterKeyOfTheSuccessorItWasGiven() {
      var changed = new ExchangeAttempt(token(1), null, null, new MasterKeyId(9));

      assertThat(session.exchange(changed, ROTATED, POLICY)).isEqualTo(new Retried(session));
      assertThat(session.masterKeyId()).isEqualTo(CURRENT_KEY);
    }

    @Test
    void isRefusedOnceTheSessionHasExpiredEvenIfItWasARetry() {
      var shortIdle =
          new SessionPolicy(
              Duration.ofSeconds(40),
              POLICY.absolute(),
              POLICY.retryWindow(),
              POLICY.keyedRetryWindow());
      var attempt = new ExchangeAttempt(token(0), null, null, CURRENT_KEY);
      var now = START.plusSeconds(40);
      Session shortLived = ((Rotated) fresh.exchange(attempt, START, shortIdle)).session();

      assertThat(shortLived.exchange(attempt, now.minusMillis(1), shortIdle))
          .isEqualTo(new Retried(shortLived));
      assertThat(shortLived.exchange(attempt, now, shortIdle))
          .isEqualTo(new RefusedExpired(shortLived));
    }
  }

  @Nested
  final class OfAnOlderToken {

    @Test
    void isReuseEvenWithinTheWindow() {
      assertThat(exchange(session, 0, null, ROTATED)).isEqualTo(reuseDetected(session, ROTATED));
    }

    @Test
    void isReuseEvenWithTheKeyOfTheLastExchange() {
      assertThat(exchange(keyed, 0, KEY, ROTATED)).isInstanceOf(ReuseDetected.class);
    }

    @Test
    void isReuseHoweverOldItIs() {
      Session old = exchanged(exchange(session, Integer.MAX_VALUE - 1, null, ROTATED));

      assertThat(exchange(old, 0, null, ROTATED)).isInstanceOf(ReuseDetected.class);
    }
  }

  @Nested
  final class OfATokenAheadOfTheSession {

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 1_000_000})
    void rotatesFromThatToken(int generation) {
      Instant now = ROTATED.plusSeconds(1);
      Session advanced = exchanged(exchange(session, generation, null, now));

      assertThat(advanced.generation()).isEqualTo(new Generation(generation + 1));
      assertThat(advanced.rotatedAt()).isEqualTo(now);
    }

    @Test
    void makesAllThatTheStoreLostSpent() {
      Session advanced = exchanged(exchange(session, 9, null, ROTATED));

      assertThat(exchange(advanced, 9, null, ROTATED)).isInstanceOf(Retried.class);
      assertThat(exchange(advanced, 8, null, ROTATED)).isInstanceOf(ReuseDetected.class);
      assertThat(exchange(advanced, 2, null, ROTATED)).isInstanceOf(ReuseDetected.class);
    }

    @Test
    void isRefusedLikeAnyOtherIfTheSessionIsOver() {
      Session revoked = session.revoke(new Revocation(ROTATED, Reason.LOGGED_OUT));

      assertThat(exchange(revoked, 9, null, ROTATED)).isInstanceOf(RefusedRevoked.class);
      assertThat(exchange(session, 9, null, session.expiresAt()))
          .isInstanceOf(RefusedExpired.class);
    }

    @Test
    void neverStartsAgainAtTheFirstGeneration() {
      assertThatThrownBy(() -> exchange(session, Integer.MAX_VALUE, null, ROTATED))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  @Nested
  final class OfARevokedSession {

    private final Session revoked = session.revoke(new Revocation(ROTATED, Reason.LOGGED_OUT));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void isRefusedWhateverTokenItIs(int generation) {
      assertThat(exchange(revoked, generation, null, ROTATED))
          .isEqualTo(new RefusedRevoked(revoked));
    }

    @Test
    void isRefusedEvenBeforeTheInstantOfTheRevocation() {
      assertThat(exchange(revoked, 2, null, ROTATED.minusSeconds(1)))
          .isEqualTo(new RefusedRevoked(revoked));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void isRefusedAsRevokedAfterItHasExpiredToo(int generation) {
      assertThat(exchange(revoked, generation, null, revoked.absoluteExpiresAt()))
          .isEqualTo(new RefusedRevoked(revoked));
    }
  }

  @Nested
  final class OfAnExpiredSession {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void isRefusedWhateverTokenItIsAndRevokesNothing(int generation) {
      assertThat(exchange(session, generation, null, session.expiresAt()))
          .isEqualTo(new RefusedExpired(session));
    }
  }

  @Nested
  final class OfABoundSession {

    private static final KeyThumbprint DEVICE = new KeyThumbprint("d".repeat(43));
    private static final KeyThumbprint OTHER = new KeyThumbprint("x".repeat(43));

    /** At generation 2, rotated at {@link #ROTATED}. */
    private final Session bound =
        exchanged(
            provenBy(
                exchanged(
                    provenBy(
                        SessionExamples.bound(new Binding(DEVICE, true)),
                        0,
                        DEVICE,
                        START,
                        START.plusSeconds(60))),
                1,
                DEVICE,
                ROTATED,
                ROTATED));

    @Test
    void rotatesWithAProofOfItsKeyAndStaysBound() {
      Instant now = ROTATED.plusSeconds(300);
      Session rotated = exchanged(provenBy(bound, 2, DEVICE, now, now));

      assertThat(rotated.generation()).isEqualTo(new Generation(3));
      assertThat(rotated.binding()).isEqualTo(new Binding(DEVICE, true));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void isLeftAsItIsByWhoeverLacksTheKeyWhateverTokenTheyHave(int generation) {
      Instant late = ROTATED.plus(Duration.ofDays(1));
      var refused = new ExchangeDecision.RefusedUnproven(bound);

      assertThat(exchange(bound, generation, null, late)).isEqualTo(refused);
      assertThat(exchange(bound, generation, KEY, ROTATED)).isEqualTo(refused);
      assertThat(provenBy(bound, generation, OTHER, late, late)).isEqualTo(refused);
    }

    @Test
    void answersARetryOfTheTokenBeforeHoweverLate() {
      Instant late = bound.expiresAt().minusMillis(1);

      assertThat(provenBy(bound, 1, DEVICE, late, late)).isEqualTo(new Retried(bound));
      assertThat(provenBy(bound, 1, DEVICE, START, late)).isEqualTo(new Retried(bound));
    }

    @Test
    void isRevokedIfAnOlderTokenComesWithTheKey() {
      assertThat(provenBy(bound, 0, DEVICE, ROTATED, ROTATED))
          .isEqualTo(reuseDetected(bound, ROTATED));
    }

    /** A copy of a request: its proof is older than the rotation that the request made. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void isNotRotatedByAProofFromBeforeItsLastRotation(int generation) {
      Instant now = ROTATED.plusSeconds(1);
      Instant before = ROTATED.minusNanos(1000);

      assertThat(provenBy(bound, generation, DEVICE, before, now))
          .isEqualTo(new ExchangeDecision.RefusedStaleProof(bound));
      assertThat(provenBy(bound, generation, DEVICE, ROTATED, now)).isInstanceOf(Rotated.class);
    }

    @Test
    void isOverLikeAnyOther() {
      Session revoked = bound.revoke(new Revocation(ROTATED, Reason.LOGGED_OUT));

      assertThat(provenBy(revoked, 2, DEVICE, ROTATED, ROTATED))
          .isEqualTo(new RefusedRevoked(revoked));
      assertThat(provenBy(bound, 1, DEVICE, ROTATED, bound.expiresAt()))
          .isEqualTo(new RefusedExpired(bound));
    }

    /** Or a thief of a bearer token could take the session over for good. */
    @Test
    void isNeverMadeOfAnUnboundOneByAnExchange() {
      Session rotated = exchanged(provenBy(session, 2, OTHER, ROTATED, ROTATED));

      assertThat(rotated.binding()).isNull();
      assertThat(exchange(rotated, 3, null, ROTATED)).isInstanceOf(Rotated.class);
      assertThat(provenBy(session, 1, OTHER, ROTATED, ROTATED.plus(POLICY.retryWindow())))
          .isInstanceOf(ReuseDetected.class);
    }

    private ExchangeDecision provenBy(
        Session session, int generation, KeyThumbprint key, Instant proven, Instant now) {
      var attempt =
          new ExchangeAttempt(token(generation), null, new KeyProof(key, proven), CURRENT_KEY);
      return session.exchange(attempt, now, POLICY);
    }
  }

  private ExchangeDecision exchange(
      Session session, int generation, @Nullable IdempotencyKey key, Instant now) {
    return session.exchange(
        new ExchangeAttempt(token(generation), key, null, CURRENT_KEY), now, POLICY);
  }

  private RefreshToken token(int generation) {
    return new RefreshToken(fresh.id(), new Generation(generation), CURRENT_KEY);
  }

  private static Session rotated(Session session, Instant now, @Nullable IdempotencyKey key) {
    var attempt = new ExchangeAttempt(session.currentToken(), key, null, CURRENT_KEY);
    return exchanged(session.exchange(attempt, now, POLICY));
  }

  private static Session exchanged(ExchangeDecision decision) {
    return ((Rotated) decision).session();
  }

  private static ReuseDetected reuseDetected(Session session, Instant now) {
    var revocation = new Revocation(now, Reason.REUSE_DETECTED);
    return new ReuseDetected(session.revoke(revocation), revocation);
  }
}
