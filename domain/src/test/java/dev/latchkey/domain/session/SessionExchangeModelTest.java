package dev.latchkey.domain.session;

import static dev.latchkey.domain.session.SessionExamples.POLICY;
import static dev.latchkey.domain.session.SessionExamples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.domain.session.Revocation.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.jspecify.annotations.Nullable;

/** Whatever happens to a session, it decides as a book-keeper would who writes down every single exchange. */
final class SessionExchangeModelTest {

  @Property
  @StatisticsReport(StatisticsReportMode.OFF)
  void decidesLikeABookKeeper(@ForAll("stories") List<Step> story) {
    var book = new Book();
    Session session = SessionExamples.started();
    Instant now = START;
    for (Step step : story) {
      now = now.plus(step.pause());
      switch (step) {
        case LogOut _ -> {
          session = session.revoke(Reason.LOGGED_OUT, now);
          book.closed = true;
        }
        case Exchange exchange -> {
          int token = Math.max(0, book.current - exchange.age());
          Session before = session;
          ExchangeDecision decision = exchange(session, token, exchange.key(), now);
          session = sessionOf(decision);

          String verdict = book.present(token, exchange.key(), now);
          Statistics.label("verdict").collect(verdict);
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
    Statistics.label("verdict")
        .coverage(
            coverage -> {
              for (String verdict :
                  List.of("Rotated", "Retried", "ReuseDetected", "RefusedRevoked", "RefusedExpired")) {
                coverage.check(verdict).count(count -> count > 100);
              }
            });
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
  record Exchange(Duration pause, int age, @Nullable String key) implements Step {}

  record LogOut(Duration pause) implements Step {}

  @Provide
  Arbitrary<List<Step>> stories() {
    Arbitrary<Duration> shortPauses =
        Arbitraries.of(
            Duration.ZERO, Duration.ofMillis(1), POLICY.retryWindow().minusMillis(1), POLICY.retryWindow());
    Arbitrary<Duration> longPauses =
        Arbitraries.of(
            Duration.ofHours(1),
            POLICY.keyedRetryWindow().minusMillis(1),
            POLICY.keyedRetryWindow(),
            Duration.ofDays(3),
            POLICY.idle().minusMillis(1),
            POLICY.idle());
    Arbitrary<Duration> pauses = Arbitraries.frequencyOf(Tuple.of(3, shortPauses), Tuple.of(1, longPauses));
    Arbitrary<Integer> ages =
        Arbitraries.frequency(Tuple.of(24, 0), Tuple.of(12, 1), Tuple.of(1, 2), Tuple.of(1, -1), Tuple.of(1, -3));
    Arbitrary<@Nullable String> keys = Arbitraries.of("A", "B").injectNull(0.4);
    Arbitrary<Step> exchange = Combinators.combine(pauses, ages, keys).as(Exchange::new);
    Arbitrary<Step> logOut = pauses.map(LogOut::new);
    return Arbitraries.frequencyOf(Tuple.of(40, exchange), Tuple.of(1, logOut)).list().ofMaxSize(40);
  }

  private static ExchangeDecision exchange(Session session, int token, @Nullable String key, Instant now) {
    var presented = new RefreshToken(session.id(), new Generation(token), masterKeyOf(token));
    var attempt =
        new ExchangeAttempt(presented, key == null ? null : new IdempotencyKey(key), masterKeyOf(token + 1));
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
      case ExchangeDecision.ReuseDetected(Session session) -> session;
      case ExchangeDecision.RefusedRevoked(Session session) -> session;
      case ExchangeDecision.RefusedExpired(Session session) -> session;
    };
  }

  /** Remembers what no real store has the room for: how each token was spent. */
  private static final class Book {

    private record Spent(int token, Instant at, @Nullable String key) {}

    private final List<Spent> entries = new ArrayList<>();
    private int current;
    private boolean closed;

    String present(int token, @Nullable String key, Instant now) {
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

    private static boolean mayAskAgain(Spent last, @Nullable String key, Instant now) {
      long seconds = Duration.between(last.at(), now).toSeconds();
      boolean sameKey = key != null && key.equals(last.key());
      return seconds < (sameKey ? 24 * 3600 : 60);
    }

    Instant end() {
      Instant idleEnd = (entries.isEmpty() ? START : entries.getLast().at()).plus(Duration.ofDays(7));
      Instant absoluteEnd = START.plus(Duration.ofDays(30));
      return idleEnd.isAfter(absoluteEnd) ? absoluteEnd : idleEnd;
    }
  }
}
