package dev.latchkey.acceptance.load;

import static dev.latchkey.acceptance.load.Event.Call.EXCHANGE;
import static dev.latchkey.acceptance.load.Event.Call.LOGIN;
import static dev.latchkey.acceptance.load.Event.Call.REVOKE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.load.Event.Call;
import dev.latchkey.acceptance.load.HistoryChecker.Rule;
import dev.latchkey.acceptance.load.HistoryChecker.Violation;
import dev.latchkey.acceptance.load.LostWrites.Survivor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tokens of the session are named a, b, c, d; the primary fails at 100. */
final class LostWritesTest {

  private static final long FAILED = 100;
  private static final Event START = event(LOGIN, "", 0, 200, "", "a");
  private static final Event REVOKED = event(REVOKE, "b", 20, 204, "", "");

  @Test
  void nothingIsLostIfTheReplicaKnowsWhatWasAcknowledged() {
    var lost =
        new LostWrites(List.of(START, accepted("a", 10, "b"), REVOKED), FAILED, survivor(1, true));

    assertThat(lost.isEmpty()).isTrue();
  }

  @Test
  void whatTheReplicaKnowsAndNobodyLearnedIsNotLost() {
    var lost = new LostWrites(List.of(START), FAILED, survivor(1, true));

    assertThat(lost.isEmpty()).isTrue();
  }

  @Test
  void whatTheNewPrimaryAcknowledgedIsNotLost() {
    var lost =
        new LostWrites(
            List.of(START, accepted("a", 110, "b"), event(REVOKE, "b", 120, 204, "", "")),
            FAILED,
            survivor(0, false));

    assertThat(lost.isEmpty()).isTrue();
  }

  @Test
  void aSessionThatWasThrownBackHasLostExchanges() {
    var lost =
        new LostWrites(
            List.of(START, accepted("a", 10, "b"), accepted("b", 20, "c")),
            FAILED,
            survivor(1, false));

    assertThat(lost.exchanges()).containsExactly("session");
    assertThat(lost.ends()).isEmpty();
    assertThat(lost.logIns()).isEmpty();
  }

  @Test
  void aLostEndExplainsWhatIsAcceptedAfterIt() {
    Event after = accepted("b", 130, "c");
    List<Event> history = List.of(START, accepted("a", 10, "b"), REVOKED, after);

    assertThat(explains(Rule.ACCEPTED_AFTER_THE_END, after, history, survivor(1, false))).isTrue();
    assertThat(explains(Rule.ACCEPTED_AFTER_THE_END, after, history, survivor(1, true))).isFalse();
  }

  @Test
  void aLostEndDoesNotExplainWhatIsAcceptedAfterAnotherEnd() {
    Event after = accepted("b", 130, "c");
    Event again = event(REVOKE, "b", 120, 204, "", "");
    List<Event> history = List.of(START, accepted("a", 10, "b"), REVOKED, again, after);

    assertThat(explains(Rule.ACCEPTED_AFTER_THE_END, after, history, survivor(1, false))).isFalse();
  }

  @Test
  void aLostExchangeExplainsThatItsTokenIsAcceptedOnceMore() {
    Event after = accepted("b", 130, "c");
    List<Event> history =
        List.of(
            START, accepted("a", 10, "b"), accepted("b", 20, "c"), accepted("c", 30, "d"), after);

    assertThat(explains(Rule.SPENT_TOKEN_ACCEPTED, after, history, survivor(1, false))).isTrue();
    assertThat(explains(Rule.SPENT_TOKEN_ACCEPTED, after, history, survivor(2, false))).isFalse();
  }

  @Test
  void aLostExchangeDoesNotExplainATokenWhoseSuccessorIsInUseAgain() {
    Event after = accepted("b", 130, "c");
    List<Event> history =
        List.of(
            START,
            accepted("a", 10, "b"),
            accepted("b", 20, "c"),
            accepted("c", 30, "d"),
            accepted("c", 110, "d"),
            after);

    assertThat(explains(Rule.SPENT_TOKEN_ACCEPTED, after, history, survivor(1, false))).isFalse();
  }

  @Test
  void onlyALostLogInExplainsThatAnHonestClientIsRefused() {
    Event unknown = event(EXCHANGE, "a", 130, 401, "invalid_refresh_token", "");
    Event reused = event(EXCHANGE, "a", 130, 401, "refresh_token_reused", "");
    List<Event> history = List.of(START, accepted("a", 10, "b"));

    assertThat(explains(Rule.HONEST_CLIENT_REFUSED, unknown, history, Map.of())).isTrue();
    assertThat(explains(Rule.HONEST_CLIENT_REFUSED, reused, history, Map.of())).isFalse();
    assertThat(explains(Rule.HONEST_CLIENT_REFUSED, unknown, history, survivor(0, false)))
        .isFalse();
  }

  @Test
  void nothingExplainsASecondSuccessor() {
    Event other = accepted("a", 130, "x");
    List<Event> history = List.of(START, accepted("a", 10, "b"), other);

    assertThat(explains(Rule.TWO_SUCCESSORS, other, history, survivor(0, false))).isFalse();
  }

  private static boolean explains(
      Rule rule, Event event, List<Event> history, Map<String, Survivor> survivors) {
    return new LostWrites(history, FAILED, survivors).explain(new Violation(rule, event));
  }

  private static Map<String, Survivor> survivor(int generation, boolean hasEnded) {
    return Map.of("session", new Survivor(generation, hasEnded));
  }

  private static Event accepted(String token, int sent, String successor) {
    return event(EXCHANGE, token, sent, 200, "", successor);
  }

  /** Answered one after it was sent. */
  private static Event event(
      Call call, String token, int sent, int status, String code, String successor) {
    return new Event(call, "client", "session", token, sent, sent + 1, status, code, "", successor);
  }
}
