package dev.latchkey.acceptance.load;

import static dev.latchkey.acceptance.load.Event.Call.EXCHANGE;
import static dev.latchkey.acceptance.load.Event.Call.LOGIN;
import static dev.latchkey.acceptance.load.Event.Call.REVOKE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.load.Event.Call;
import dev.latchkey.acceptance.load.HistoryChecker.Rule;
import dev.latchkey.acceptance.load.HistoryChecker.Violation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are in seconds; the tokens of a session are named a, b, c. */
final class HistoryCheckerTest {

  private static final Event START = event(LOGIN, "", 0, 1, 200, "", "a");

  private final HistoryChecker checker = new HistoryChecker(Duration.ofSeconds(60));

  @Test
  void findsNothingInRotationsRetriesParallelTabsAndLostAnswers() {
    assertThat(
            rulesBrokenBy(
                START,
                accepted("a", 2, 4, "b"),
                accepted("a", 3, 5, "b"),
                lost("b", 6, 10),
                event(EXCHANGE, "b", 11, 12, 503, "storage_unavailable", ""),
                accepted("b", 13, 14, "c"),
                accepted("c", 15, 16, "d")))
        .isEmpty();
  }

  @Test
  void findsASecondSuccessor() {
    assertThat(rulesBrokenBy(START, accepted("a", 2, 3, "b"), accepted("a", 4, 5, "x")))
        .containsExactly(Rule.TWO_SUCCESSORS);
  }

  @Test
  void findsAnExchangeAfterARevocationWasAcknowledged() {
    assertThat(
            rulesBrokenBy(START, event(REVOKE, "a", 2, 4, 204, "", ""), accepted("a", 5, 6, "b")))
        .containsExactly(Rule.ACCEPTED_AFTER_THE_END);
  }

  @Test
  void findsAnExchangeAfterAReuseWasReported() {
    assertThat(
            rulesBrokenBy(
                START,
                accepted("a", 2, 3, "b"),
                accepted("b", 4, 5, "c"),
                refused("a", 6, 7, "refresh_token_reused"),
                accepted("c", 8, 9, "d")))
        .containsExactly(Rule.ACCEPTED_AFTER_THE_END);
  }

  @Test
  void allowsAnExchangeThatRacesARevocationOrWhoseRevocationWasLost() {
    assertThat(
            rulesBrokenBy(
                START,
                event(REVOKE, "a", 2, 3, Event.LOST, "", ""),
                accepted("a", 4, 8, "b"),
                event(REVOKE, "b", 5, 7, 204, "", ""),
                refused("b", 9, 10, "session_revoked")))
        .isEmpty();
  }

  @Test
  void findsASpentTokenThatIsAccepted() {
    assertThat(
            rulesBrokenBy(
                START,
                accepted("a", 2, 3, "b"),
                accepted("b", 4, 5, "c"),
                accepted("a", 6, 7, "b")))
        .containsExactly(Rule.SPENT_TOKEN_ACCEPTED);
  }

  @Test
  void findsAnHonestClientRefusedWithItsLatestToken() {
    assertThat(
            rulesBrokenBy(START, accepted("a", 2, 3, "b"), refused("b", 4, 5, "session_revoked")))
        .containsExactly(Rule.HONEST_CLIENT_REFUSED);
  }

  @Test
  void findsAnHonestClientRefusedAtItsRetry() {
    assertThat(rulesBrokenBy(START, lost("a", 2, 12), refused("a", 50, 61, "refresh_token_reused")))
        .containsExactly(Rule.HONEST_CLIENT_REFUSED);
  }

  @Test
  void allowsTheRefusalOfARetryThatMayHaveComeTooLate() {
    assertThat(rulesBrokenBy(START, lost("a", 2, 12), refused("a", 61, 62, "refresh_token_reused")))
        .isEmpty();
  }

  @Test
  void allowsTheRefusalOfWhoeverSharesASessionWithAThief() {
    assertThat(
            rulesBrokenBy(
                START,
                accepted("a", 2, 3, "b"),
                accepted("b", 4, 5, "c"),
                refused("a", 6, 7, "refresh_token_reused"),
                refused("c", 8, 9, "session_revoked")))
        .isEmpty();
  }

  @Test
  void allowsTheRefusalOfATokenThatWasNeverIssued() {
    assertThat(rulesBrokenBy(START, refused("forged", 2, 3, "invalid_refresh_token"))).isEmpty();
  }

  @Test
  void doesNotExcuseARefusalWithAnotherSession() {
    var elsewhere = new Event(REVOKE, "client", "another", "z", 2, 3, 204, "", "", "");

    assertThat(rulesBrokenBy(START, elsewhere, refused("a", 4, 5, "session_revoked")))
        .containsExactly(Rule.HONEST_CLIENT_REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "EXCHANGE, 500, internal_error",
    "EXCHANGE, 404, not_found",
    "EXCHANGE, 204, ''",
    "EXCHANGE, 200, ''",
    "REVOKE, 401, invalid_refresh_token",
    "LOGIN, 401, invalid_credentials"
  })
  void findsAnAnswerThatNobodyExpects(Call call, int status, String code) {
    assertThat(rulesBrokenBy(START, event(call, "a", 2, 3, status, code, "")))
        .containsExactly(Rule.UNEXPECTED_ANSWER);
  }

  @Test
  void findsARefusalWithoutAKnownCause() {
    assertThat(rulesBrokenBy(START, refused("forged", 2, 3, "")))
        .containsExactly(Rule.UNEXPECTED_ANSWER);
  }

  private List<Rule> rulesBrokenBy(Event... history) {
    return checker.check(List.of(history)).stream().map(Violation::rule).toList();
  }

  private static Event accepted(String token, int sent, int ended, String successor) {
    return event(EXCHANGE, token, sent, ended, 200, "", successor);
  }

  private static Event refused(String token, int sent, int ended, String code) {
    return event(EXCHANGE, token, sent, ended, 401, code, "");
  }

  private static Event lost(String token, int sent, int ended) {
    return event(EXCHANGE, token, sent, ended, Event.LOST, "", "");
  }

  /** Times in seconds. */
  private static Event event(
      Call call, String token, int sent, int ended, int status, String code, String successor) {
    return new Event(
        call, "client", "session", token, nanos(sent), nanos(ended), status, code, "", successor);
  }

  private static long nanos(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
