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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  private static final List<String> VERDICTS_OF_BOUND_SESSIONS =
      Stream.concat(VERDICTS.stream(), Stream.of("RefusedUnproven", "RefusedStaleProof")).toList();

  private static final KeyThumbprint DEVICE = new KeyThumbprint("d".repeat(43));
  private static final KeyThumbprint OTHER = new KeyThumbprint("x".repeat(43));

  private final Map<String, Integer> seen = new HashMap<>();

  @Test
  void decidesLikeABookKeeper() {
    qt().forAll(stories()).checkAssert(story -> playBoth(story, SessionExamples.started()));

    assertSeen(VERDICTS);
  }

  @Test
  void decidesLikeABookKeeperWhoKnowsTheKeyOfTheDevice() {
    Session bound = SessionExamples.bound(new Binding(DEVICE, false));

    qt().forAll(stories()).checkAssert(story -> playBoth(story, bound));

    assertSeen(VERDICTS_OF_BOUND_SESSIONS);
  }

  private void assertSeen(List<String> verdicts) {
    assertThat(seen).as("how often the stories came to each verdict").containsOnlyKeys(verdicts);
    assertThat(seen.values()).allSatisfy(count -> assertThat(count).isGreaterThan(100));
  }

  private void playBoth(List<Step> story, Session started) {
    var book = new Book(started.binding() != null);
    Session session = started;
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
          ExchangeDecision decision = exchange(session, token, exchange, now);
          session = sessionOf(decision);

          String verdict = book.present(token, exchange, now);
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
  record Exchange(Duration pause, int age, Optional<String> key, Proof proof) implements Step {}

  /** What a step proves, besides having a token. */
  enum Proof {
    NONE,
    OF_ANOTHER_KEY,
    FRESH,
    /** A minute old. */
    OLD
  }

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
            Pair.of(2, constant(2)),
            Pair.of(1, constant(-1)),
            Pair.of(1, constant(-3)));
    Gen<Optional<String>> keys = pick(List.of("A", "B")).toOptionals(40);
    Gen<Proof> proofs =
        frequency(
            Pair.of(1, constant(Proof.NONE)),
            Pair.of(1, constant(Proof.OF_ANOTHER_KEY)),
            Pair.of(8, constant(Proof.FRESH)),
            Pair.of(2, constant(Proof.OLD)));
    Gen<Step> exchange = pauses.zip(ages, keys, proofs, Exchange::new);
    Gen<Step> logOut = pauses.map(LogOut::new);
    return SourceDSL.lists()
        .of(frequency(Pair.of(40, exchange), Pair.of(1, logOut)))
        .ofSizeBetween(0, 40);
  }

  private static ExchangeDecision exchange(
      Session session, int token, Exchange exchange, Instant now) {
    var presented = new RefreshToken(session.id(), new Generation(token), masterKeyOf(token));
    var attempt =
        new ExchangeAttempt(
            presented,
            exchange.key().map(IdempotencyKey::of).orElse(null),
            proof(exchange.proof(), now),
            masterKeyOf(token + 1));
    return session.exchange(attempt, now, POLICY);
  }

  private static @Nullable KeyProof proof(Proof proof, Instant now) {
    return switch (proof) {
      case NONE -> null;
      case OF_ANOTHER_KEY -> new KeyProof(OTHER, now);
      case FRESH -> new KeyProof(DEVICE, now);
      case OLD -> new KeyProof(DEVICE, now.minusSeconds(60));
    };
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
      case ExchangeDecision.RefusedUnproven(Session session) -> session;
      case ExchangeDecision.RefusedStaleProof(Session session) -> session;
    };
  }

  /** Remembers what no real store has the room for: how each token was spent. */
  private static final class Book {

    private record Spent(int token, Instant at, Optional<String> key) {}

    private final boolean bound;
    private final List<Spent> entries = new ArrayList<>();
    private int current;
    private boolean closed;

    Book(boolean bound) {
      this.bound = bound;
    }

    String present(int token, Exchange exchange, Instant now) {
      if (closed) {
        return "RefusedRevoked";
      }
      if (now.compareTo(end()) >= 0) {
        return "RefusedExpired";
      }
      if (bound && exchange.proof() != Proof.FRESH && exchange.proof() != Proof.OLD) {
        return "RefusedUnproven";
      }
      if (token >= current) {
        if (bound && exchange.proof() == Proof.OLD && rotatedWithinTheLastMinute(now)) {
          return "RefusedStaleProof";
        }
        entries.add(new Spent(token, now, exchange.key()));
        current = token + 1;
        return "Rotated";
      }
      Spent last = entries.getLast();
      if (token == last.token() && (bound || mayAskAgain(last, exchange.key(), now))) {
        return "Retried";
      }
      closed = true;
      return "ReuseDetected";
    }

    private boolean rotatedWithinTheLastMinute(Instant now) {
      Instant rotated = entries.isEmpty() ? START : entries.getLast().at();
      return now.isBefore(rotated.plusSeconds(60));
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
