package dev.latchkey.acceptance.load;

import static java.util.stream.Collectors.groupingBy;

import dev.latchkey.acceptance.load.Event.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Finds what must never be in a history, however nodes, connections and answers were lost in it. It
 * asks no client whether it was honest, but sees it from what the client presented.
 */
final class HistoryChecker {

  private static final Set<String> REFUSALS =
      Set.of(
          "invalid_refresh_token",
          "refresh_token_expired",
          "session_revoked",
          "refresh_token_reused");
  private static final Set<String> END_OF_SESSION =
      Set.of("session_revoked", "refresh_token_reused");

  private final long retryWindow;

  /**
   * @param retryWindow how long after its first use a client may send a token again and still be
   *     honest; no longer than the service's own
   */
  HistoryChecker(Duration retryWindow) {
    this.retryWindow = retryWindow.toNanos();
  }

  enum Rule {
    /** A token has two different successors. */
    TWO_SUCCESSORS,
    /** An exchange was sent after the end of the session was acknowledged, and accepted. */
    ACCEPTED_AFTER_THE_END,
    /** A token was accepted though its successor had been exchanged before it was sent. */
    SPENT_TOKEN_ACCEPTED,
    /**
     * A client was refused that only ever presented its latest token, or the one before for a retry
     * in time.
     */
    HONEST_CLIENT_REFUSED,
    /** An answer that no client should have to understand. */
    UNEXPECTED_ANSWER
  }

  record Violation(Rule rule, Event event) {}

  /** All violations, in no particular order. */
  List<Violation> check(List<Event> history) {
    var violations = new ArrayList<Violation>();
    history.stream()
        .filter(event -> !isExpected(event))
        .forEach(event -> violations.add(new Violation(Rule.UNEXPECTED_ANSWER, event)));
    history.stream()
        .filter(event -> !event.session().isEmpty())
        .collect(groupingBy(Event::session))
        .values()
        .forEach(events -> violations.addAll(new OneSession(events).check()));
    return violations;
  }

  private static boolean isExpected(Event event) {
    return switch (event.status()) {
      case Event.LOST, 503 -> true;
      case 200 -> event.is(Call.READ) || (!event.is(Call.REVOKE) && !event.successor().isEmpty());
      case 204 -> event.is(Call.REVOKE);
      case 401 -> event.is(Call.EXCHANGE) && REFUSALS.contains(event.code());
      default -> false;
    };
  }

  /** Whether whoever got this answer may rely on it that the session has ended. */
  static boolean tellsTheEnd(Event event) {
    return event.is(Call.REVOKE, 204)
        || (event.is(Call.EXCHANGE, 401) && END_OF_SESSION.contains(event.code()));
  }

  /** What can be known of one session, at any time, from outside the service. */
  private final class OneSession {

    private final List<Event> events;
    private final List<Event> exchanges;
    private final List<Event> accepted;
    private final Set<String> issued = new HashSet<>();
    private final Map<String, String> successors = new HashMap<>();
    private final Map<String, Long> firstSent = new HashMap<>();
    private final Map<String, Long> firstAccepted = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    OneSession(List<Event> events) {
      this.events = events;
      this.exchanges = events.stream().filter(event -> event.is(Call.EXCHANGE)).toList();
      this.accepted =
          exchanges.stream()
              .filter(event -> event.is(Call.EXCHANGE, 200))
              .sorted(Comparator.comparingLong(Event::ended))
              .toList();
      events.forEach(event -> issued.add(event.successor()));
      exchanges.forEach(event -> firstSent.merge(event.token(), event.sent(), Math::min));
      accepted.forEach(event -> successors.putIfAbsent(event.token(), event.successor()));
      accepted.forEach(event -> firstAccepted.putIfAbsent(event.token(), event.ended()));
    }

    List<Violation> check() {
      long ended = earliest(HistoryChecker::tellsTheEnd, Event::ended);
      long excused =
          Math.min(earliest(event -> event.is(Call.REVOKE), Event::sent), firstDishonesty());
      report(
          Rule.TWO_SUCCESSORS,
          accepted,
          event -> !event.successor().equals(successors.get(event.token())));
      report(Rule.ACCEPTED_AFTER_THE_END, accepted, event -> event.sent() > ended);
      report(Rule.SPENT_TOKEN_ACCEPTED, accepted, event -> event.sent() > successorAccepted(event));
      report(
          Rule.HONEST_CLIENT_REFUSED,
          exchanges,
          event -> event.status() == 401 && event.ended() < excused);
      return violations;
    }

    private void report(Rule rule, List<Event> candidates, Predicate<Event> broken) {
      candidates.stream()
          .filter(broken)
          .forEach(event -> violations.add(new Violation(rule, event)));
    }

    private long successorAccepted(Event event) {
      return firstAccepted.getOrDefault(event.successor(), Long.MAX_VALUE);
    }

    private long firstDishonesty() {
      return exchanges.stream()
          .filter(this::isDishonest)
          .mapToLong(Event::sent)
          .min()
          .orElse(Long.MAX_VALUE);
    }

    /**
     * A token that is nobody's, that was replaced by one in use already, or that came again too
     * late.
     */
    private boolean isDishonest(Event event) {
      String successor = successors.getOrDefault(event.token(), "");
      long first = firstSent.getOrDefault(event.token(), event.sent());
      return !issued.contains(event.token())
          || event.sent() > firstSent.getOrDefault(successor, Long.MAX_VALUE)
          || (event.sent() > first && event.ended() - first >= retryWindow);
    }

    private long earliest(Predicate<Event> matching, ToLongFunction<Event> time) {
      return events.stream().filter(matching).mapToLong(time).min().orElse(Long.MAX_VALUE);
    }
  }
}
