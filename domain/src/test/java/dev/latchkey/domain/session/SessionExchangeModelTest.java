package dev.latchkey.domain.session;

import static dev.latchkey.domain.session.SessionExamples.POLICY;
import static dev.latchkey.domain.session.SessionExamples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.frequency;
import static org.quicktheories.generators.Generate.pick;

import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Revocation.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.quicktheories.api.Pair;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;

/**
 * Whatever happens to a session, it decides as a book-keeper would who writes down every single
 * exchange.
 */
final class SessionExchangeModelTest {

  private static final List<String> VERDICTS =
      List.of("Rotated", "Retried", "ReuseDetected", "RefusedRevoked", "RefusedExpired");

  private final Map<String, Integer> seen = new HashMap<>();

  @Test
  void decidesLikeABookKeeper() {
    qt().forAll(stories()).checkAssert(this::playBoth);

    assertThat(seen).as("how often the stories came to each verdict").containsOnlyKeys(VERDICTS);
    assertThat(seen.values()).allSatisfy(count -> assertThat(count).isGreaterThan(100));
  }

  private void playBoth(List<Step> story) {
    var book = new Book();
    Session session = SessionExamples.started();
    Instant now = START;
    for (Step step : story) {
      now = now.plus(step.pause());
      switch (step) {
        case LogOut _ -> {
          session = session.revoke(new Revocation(now, Reason.LOGGED_OUT));
          book.closed = true;
        }
        case Exchange exchange -> {
          int token = Math.max(0, book.current - exchange.age());
          Session before = session;
          ExchangeDecision decision = exchange(session, token, exchange.key(), now);
          session = sessionOf(decision);

          String verdict = book.present(token, exchange.key(), now);
          seen.merge(verdict, 1, Integer::sum);
          assertThat(decision.getClass().getSimpleName()).isEqualTo(verdict);
          if (!verdict.equals("Rotated") && !verdict.equals("ReuseDetected")) {
            assertThat(session).isSameAs(before);
          }
        }
      }
      assertThat(session.generation().value()).isEqualTo(book.current);
      assertThat(session.masterKeyId()).isEqualTo(masterKeyOf(book.current));
      assertThat(session.isRevoked()).isEqualTo(book.closed);
      assertThat(session.expiresAt()).isEqualTo(book.end());
    }
  }

  /** A thing that happens after a pause. */
  sealed interface Step {
    Duration pause();
  }

  /**
   * A refresh token is presented.
   *
   * @param age 0 is the current one, 1 the one before; negative ones are ahead of the session
   */
  record Exchange(Duration pause, int age, Optional<String> key) implements Step {}

  record LogOut(Duration pause) implements Step {}

  private static Gen<List<Step>> stories() {
    Gen<Duration> shortPauses =
        pick(
            List.of(
                Duration.ZERO,
                Duration.ofMillis(1),
                POLICY.retryWindow().minusMillis(1),
                POLICY.retryWindow()));
    Gen<Duration> longPauses =
        pick(
            List.of(
                Duration.ofHours(1),
                POLICY.keyedRetryWindow().minusMillis(1),
                POLICY.keyedRetryWindow(),
                Duration.ofDays(3),
                POLICY.idle().minusMillis(1),
                POLICY.idle()));
    Gen<Duration> pauses = frequency(Pair.of(3, shortPauses), Pair.of(1, longPauses));
    Gen<Integer> ages =
        frequency(
            Pair.of(24, constant(0)),
            Pair.of(12, constant(1)),
            Pair.of(1, constant(2)),
            Pair.of(1, constant(-1)),
            Pair.of(1, constant(-3)));
    Gen<Optional<String>> keys = pick(List.of("A", "B")).toOptionals(40);
    Gen<Step> exchange = pauses.zip(ages, keys, Exchange::new);
    Gen<Step> logOut = pauses.map(LogOut::new);
    return SourceDSL.lists()
        .of(frequency(Pair.of(40, exchange), Pair.of(1, logOut)))
        .ofSizeBetween(0, 40);
  }

  private static ExchangeDecision exchange(
      Session session, int token, Optional<String> key, Instant now) {
    var presented = new RefreshToken(session.id(), new Generation(token), masterKeyOf(token));
    var attempt =
        new ExchangeAttempt(
            presented, key.map(IdempotencyKey::of).orElse(null), masterKeyOf(token + 1));
    return session.exchange(attempt, now, POLICY);
  }

  /** The master key changes all the time; each generation has its own. */
  private static MasterKeyId masterKeyOf(int generation) {
    return new MasterKeyId((generation + SessionExamples.OLD_KEY.value()) % 256);
  }

  private static Session sessionOf(ExchangeDecision decision) {
    return switch (decision) {
      case ExchangeDecision.Rotated(Session session) -> session;
      case ExchangeDecision.Retried(Session session) -> session;
      case ExchangeDecision.ReuseDetected(Session session, Revocation _) -> session;
      case ExchangeDecision.RefusedRevoked(Session session) -> session;
      case ExchangeDecision.RefusedExpired(Session session) -> session;
    };
  }

  /** Remembers what no real store has the room for: how each token was spent. */
  private static final class Book {

    private record Spent(int token, Instant at, Optional<String> key) {}

    private final List<Spent> entries = new ArrayList<>();
    private int current;
    private boolean closed;

    String present(int token, Optional<String> key, Instant now) {
      if (closed) {
        return "RefusedRevoked";
      }
      if (now.compareTo(end()) >= 0) {
        return "RefusedExpired";
      }
      if (token >= current) {
        entries.add(new Spent(token, now, key));
        current = token + 1;
        return "Rotated";
      }
      Spent last = entries.getLast();
      if (token == last.token() && mayAskAgain(last, key, now)) {
        return "Retried";
      }
      closed = true;
      return "ReuseDetected";
    }

    private static boolean mayAskAgain(Spent last, Optional<String> key, Instant now) {
      long seconds = Duration.between(last.at(), now).toSeconds();
      boolean sameKey = key.isPresent() && key.equals(last.key());
      return seconds < (sameKey ? 24 * 3600 : 60);
    }

    Instant end() {
      Instant idleEnd =
          (entries.isEmpty() ? START : entries.getLast().at()).plus(Duration.ofDays(7));
      Instant absoluteEnd = START.plus(Duration.ofDays(30));
      return idleEnd.isAfter(absoluteEnd) ? absoluteEnd : idleEnd;
    }
  }
}
