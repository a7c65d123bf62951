package dev.latchkey.acceptance.load;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.latchkey.acceptance.load.Event.Call;
import dev.latchkey.acceptance.load.HistoryChecker.Rule;
import dev.latchkey.acceptance.load.HistoryChecker.Violation;
import dev.latchkey.acceptance.load.LoadWithFailover.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What clients noticed of one failure of the primary, and whether that is all that it may be.
 *
 * @param keysMissing how often the public keys could not be fetched
 * @param rewinds how often the old primary had to undo what nobody else knows
 */
record FailoverReport(
    Failure failure,
    boolean synchronous,
    List<Event> events,
    LostWrites lost,
    List<Violation> violations,
    Times times,
    int keysMissing,
    long rewinds) {

  static final String HEADING =
      "failure  replication   kill to service, s  longest wait, s  exchanges  failed  lost: log-ins"
          + "  ends  exchanges  back after log-out  honest out: log-in lost  otherwise "
          + " unexplained";

  /** Clients that do what an honest client does, and never leave. */
  private static final Set<String> HONEST = Set.of("steady", "tabs", "newcomer");

  /**
   * Readings of {@link System#nanoTime}.
   *
   * @param stopped when the replica got nothing more
   * @param failed when the primary failed
   * @param back when the first exchange that was sent after that was answered
   */
  record Times(long stopped, long failed, long back) {}

  /** A fail-over that costs nothing, or nothing but what the lost writes explain. */
  boolean isClean() {
    boolean asExpected = synchronous ? lost.isEmpty() : !lost.isEmpty() && rewinds > 0;
    return asExpected
        && unexplained().isEmpty()
        && honestRefused(event -> !isOfLostLogIn(event)) == 0
        && keysMissing == 0;
  }

  private List<Violation> unexplained() {
    return violations.stream().filter(violation -> !lost.explain(violation)).toList();
  }

  /** How many sessions honest clients lost. */
  private long honestRefused(Predicate<Event> how) {
    return events.stream()
        .filter(event -> HONEST.contains(event.client().replaceAll("\\d.*", "")))
        .filter(event -> event.is(Call.EXCHANGE, 401))
        .filter(how)
        .map(Event::session)
        .distinct()
        .count();
  }

  private boolean isOfLostLogIn(Event event) {
    return event.code().equals("invalid_refresh_token") && lost.logIns().contains(event.session());
  }

  /** How many sessions were accepted again although their end had been acknowledged. */
  private long cameBack() {
    return violations.stream()
        .filter(violation -> violation.rule() == Rule.ACCEPTED_AFTER_THE_END)
        .map(violation -> violation.event().session())
        .distinct()
        .count();
  }

  private long explained(Rule rule) {
    return violations.stream().filter(v -> v.rule() == rule && lost.explain(v)).count();
  }

  /** From the first request that failed since the replica got nothing more. */
  private double secondsWithoutService() {
    long first =
        events.stream()
            .filter(event -> isFailure(event) && event.ended() > times.stopped())
            .mapToLong(Event::sent)
            .min()
            .orElse(times.back());
    return seconds(times.back() - first);
  }

  private double secondsFromFailureToService() {
    return seconds(times.back() - times.failed());
  }

  /** How long anybody asked for the same exchange until it was answered. */
  private double longestWait() {
    Map<String, Long> firstSent = new HashMap<>();
    events.stream()
        .filter(event -> event.is(Call.EXCHANGE))
        .forEach(event -> firstSent.merge(event.token(), event.sent(), Math::min));
    Map<String, Long> firstAnswered = new HashMap<>();
    events.stream()
        .filter(event -> event.is(Call.EXCHANGE, 200))
        .forEach(event -> firstAnswered.merge(event.token(), event.ended(), Math::min));
    return firstAnswered.entrySet().stream()
        .mapToDouble(
            answer -> seconds(answer.getValue() - firstSent.getOrDefault(answer.getKey(), 0L)))
        .max()
        .orElse(0);
  }

  private static double seconds(long nanos) {
    return Duration.ofNanos(nanos).toMillis() / 1000.0;
  }

  private static boolean isFailure(Event event) {
    return event.isLost() || event.status() == 503;
  }

  private Map<String, Long> failures() {
    return events.stream()
        .filter(FailoverReport::isFailure)
        .collect(
            groupingBy(
                event -> event.isLost() ? event.code() : "503 " + event.code(),
                TreeMap::new,
                counting()));
  }

  private long count(Predicate<Event> matching) {
    return events.stream().filter(matching).count();
  }

  private String replication() {
    return synchronous ? "synchronous" : "asynchronous";
  }

  /** For the person at the terminal. */
  String text() {
    var lines = new StringBuilder();
    add(lines, "from the failure to service, s", secondsFromFailureToService());
    add(lines, "from the first failed request, s", secondsWithoutService());
    add(lines, "longest wait for an exchange, s", longestWait());
    add(lines, "requests", events.size());
    add(lines, "failed", failures());
    add(lines, "exchanges answered", count(event -> event.is(Call.EXCHANGE, 200)));
    add(lines, "  retried", count(event -> event.outcome().equals("retried")));
    add(lines, "log-ins", count(event -> event.is(Call.LOGIN, 200)));
    add(lines, "log-outs", count(event -> event.is(Call.REVOKE, 204)));
    add(lines, "reuse detected", count(event -> event.code().equals("refresh_token_reused")));
    add(lines, "public keys not to be had", keysMissing);
    add(lines, "rewinds of the old primary", rewinds);
    add(lines, "lost log-ins", lost.logIns().size());
    add(lines, "lost ends of sessions", lost.ends().size());
    add(lines, "sessions thrown back", lost.exchanges().size());
    add(lines, "honest, out: their log-in is lost", honestRefused(this::isOfLostLogIn));
    add(lines, "honest, out: otherwise", honestRefused(event -> !isOfLostLogIn(event)));
    add(lines, "sessions back after their end", cameBack());
    for (Rule rule : Rule.values()) {
      add(lines, "explained: " + rule, explained(rule));
    }
    add(lines, "violations, not explained", unexplained().size());
    unexplained().forEach(violation -> lines.append(violation).append('\n'));
    lines.append(isClean() ? "clean" : "NOT CLEAN");
    return lines.toString();
  }

  private static void add(StringBuilder lines, String what, Object value) {
    lines.append("%-40s %s%n".formatted(what.toLowerCase(Locale.ROOT).replace('_', ' '), value));
  }

  /** Below {@link #HEADING}. */
  String line() {
    return "%-8s %-13s %18.1f %16.1f %10d %7d %14d %5d %10d %19d %24d %10d %12d"
        .formatted(
            failure.name().toLowerCase(Locale.ROOT),
            replication(),
            secondsFromFailureToService(),
            longestWait(),
            count(event -> event.is(Call.EXCHANGE, 200)),
            failures().values().stream().collect(Collectors.summingLong(Long::longValue)),
            lost.logIns().size(),
            lost.ends().size(),
            lost.exchanges().size(),
            cameBack(),
            honestRefused(this::isOfLostLogIn),
            honestRefused(event -> !isOfLostLogIn(event)),
            unexplained().size());
  }
}
