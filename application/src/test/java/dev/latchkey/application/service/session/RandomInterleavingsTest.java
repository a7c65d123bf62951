package dev.latchkey.application.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.frequency;

import dev.latchkey.application.port.in.session.ExchangeRefreshToken.Result;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.testkit.InterleavedSessions;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quicktheories.api.Pair;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;

/**
 * However exchanges of one session interleave, each answers what the table says of the session as
 * it was at some moment of that exchange, and no token ever has two successors.
 */
final class RandomInterleavingsTest {

  @Test
  void everyAnswerIsTheTablesAtSomeMoment() {
    qt().withExamples(500)
        .forAll(SourceDSL.lists().of(exchanges(2)).ofSizeBetween(0, 8))
        .checkAssert(RandomInterleavingsTest::play);
  }

  private static void play(List<Exchange> story) {
    var world = new World();
    story.forEach(world::play);
    assertThat(world.current().generation().value())
        .as("one generation for each rotation")
        .isEqualTo(world.rotations());
  }

  /**
   * Somebody presents a token.
   *
   * @param pause before that, in seconds
   * @param age of the token: 0 is the current one, 1 the one before
   * @param rivals what others do after this exchange has read the session and before it writes
   */
  record Exchange(int pause, int age, List<Exchange> rivals) {}

  private static Gen<Exchange> exchanges(int depth) {
    Gen<Integer> pauses =
        frequency(Pair.of(5, constant(0)), Pair.of(2, constant(31)), Pair.of(1, constant(60)));
    Gen<Integer> ages =
        frequency(Pair.of(6, constant(0)), Pair.of(3, constant(1)), Pair.of(1, constant(2)));
    Gen<List<Exchange>> rivals =
        depth == 0
            ? constant(List.<Exchange>of())
            : SourceDSL.lists().of(exchanges(depth - 1)).ofSizeBetween(0, 3);
    return pauses.zip(ages, rivals, Exchange::new);
  }

  /** One session, all exchanges of it, and what is known of them. */
  private static final class World {

    private final Stores stores = Stores.inMemory();
    private final InterleavedSessions sessions = new InterleavedSessions(stores.sessions());
    private final TestApplication latchkey = TestApplication.on(stores.with(sessions));
    private final IssuedTokens ada = latchkey.registered("ada");
    private final Map<TokenText, TokenText> successors = new HashMap<>();
    private final AtomicInteger rotations = new AtomicInteger();

    void play(Exchange exchange) {
      latchkey.clock().advance(Duration.ofSeconds(exchange.pause()));
      Generation presented =
          new Generation(Math.max(0, current().generation().value() - exchange.age()));
      TokenText text = textOf(presented);
      Instant now = latchkey.clock().instant();
      List<String> allowed = new ArrayList<>(List.of(table(presented, current(), now)));
      boolean wouldWrite = allowed.contains("ROTATED");
      if (wouldWrite) {
        sessions.beforeNextAdvance(
            () ->
                exchange
                    .rivals()
                    .forEach(
                        rival -> {
                          play(new Exchange(0, rival.age(), rival.rivals()));
                          allowed.add(table(presented, current(), now));
                        }));
      }
      Result result = latchkey.exchange(text);
      String verdict = verdictOf(result);
      if (result instanceof Result.Overtaken) {
        assertThat(wouldWrite).as("only a token that was current is overtaken").isTrue();
      } else {
        assertThat(allowed).contains(verdict);
      }
      if (result instanceof Result.Exchanged(IssuedTokens tokens)) {
        TokenText before = successors.putIfAbsent(text, tokens.refreshTokenText());
        assertThat(before == null || before.equals(tokens.refreshTokenText()))
            .as("one successor")
            .isTrue();
        if (verdict.equals("ROTATED")) {
          rotations.incrementAndGet();
        }
      }
    }

    /** The table, as naively as it can be written. */
    private static String table(Generation presented, Session session, Instant now) {
      int behind = session.generation().value() - presented.value();
      if (session.revocation() != null) {
        return "Revoked";
      }
      if (behind <= 0) {
        return "ROTATED";
      }
      return behind == 1 && now.isBefore(session.rotatedAt().plusSeconds(60))
          ? "RETRIED"
          : "ReuseDetected";
    }

    private static String verdictOf(Result result) {
      return result instanceof Result.Exchanged(IssuedTokens tokens)
          ? tokens.outcome().name()
          : result.getClass().getSimpleName();
    }

    private TokenText textOf(Generation generation) {
      Session session = ada.session();
      return latchkey
          .refreshTokens()
          .derive(
              new RefreshToken(session.id(), generation, session.masterKeyId()), session.salt());
    }

    Session current() {
      return latchkey.stored(ada.session().id());
    }

    int rotations() {
      return rotations.get();
    }
  }
}
