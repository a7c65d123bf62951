package dev.latchkey.acceptance.load;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.acceptance.load.Event.Call;
import dev.latchkey.acceptance.load.HistoryChecker.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a fail-over has cost: what was acknowledged before the primary failed, and is not known to
 * the replica that took its place. It excuses what follows from that and nothing else.
 */
final class LostWrites {

  private final Map<String, List<Event>> sessions;
  private final long failed;
  private final Map<String, Survivor> survivors;

  /**
   * @param failed when the primary failed, a reading of {@link System#nanoTime}: what was sent
   *     before, it alone can have acknowledged
   * @param survivors by session, all that the replica has before it is promoted
   */
  LostWrites(List<Event> history, long failed, Map<String, Survivor> survivors) {
    this.sessions =
        history.stream()
            .filter(event -> !event.session().isEmpty())
            .collect(groupingBy(Event::session));
    this.failed = failed;
    this.survivors = survivors;
  }

  /**
   * A session as the replica knows it: the generation of its current token, and whether it ended.
   */
  record Survivor(int generation, boolean hasEnded) {}

  /** Sessions whose log-in was acknowledged, and which do not exist any more. */
  Set<String> logIns() {
    return having(
        session ->
            acknowledged(session).anyMatch(event -> event.is(Call.LOGIN))
                && !survivors.containsKey(session));
  }

  /** Sessions whose end was acknowledged, and which go on. */
  Set<String> ends() {
    return having(
        session -> {
          Survivor survivor = survivors.get(session);
          return survivor != null
              && !survivor.hasEnded()
              && acknowledged(session).anyMatch(HistoryChecker::tellsTheEnd);
        });
  }

  /** Sessions that were thrown back to an earlier token than the client has. */
  Set<String> exchanges() {
    return having(
        session -> {
          Survivor survivor = survivors.get(session);
          return survivor != null && survivor.generation() < latestAcknowledged(session);
        });
  }

  boolean isEmpty() {
    return logIns().isEmpty() && ends().isEmpty() && exchanges().isEmpty();
  }

  /** Whether it had to come to this, given what was lost. */
  boolean explain(Violation violation) {
    Event event = violation.event();
    return switch (violation.rule()) {
      case TWO_SUCCESSORS, UNEXPECTED_ANSWER -> false;
      case ACCEPTED_AFTER_THE_END ->
          ends().contains(event.session())
              && noneSince(event, other -> HistoryChecker.tellsTheEnd(other));
      case SPENT_TOKEN_ACCEPTED ->
          exchanges().contains(event.session())
              && isCurrentOrAhead(event)
              && noneSince(
                  event,
                  other -> other.is(Call.EXCHANGE, 200) && other.token().equals(event.successor()));
      case HONEST_CLIENT_REFUSED ->
          logIns().contains(event.session()) && event.code().equals("invalid_refresh_token");
    };
  }

  /** For the new primary, the token is none that was replaced. */
  private boolean isCurrentOrAhead(Event event) {
    Survivor survivor = survivors.get(event.session());
    Integer generation = generations(event.session()).get(event.token());
    return survivor != null && generation != null && generation >= survivor.generation();
  }

  /** Whether nothing of the kind was answered by the new primary before the event. */
  private boolean noneSince(Event event, Predicate<Event> kind) {
    return sessions.getOrDefault(event.session(), List.of()).stream()
        .filter(other -> other.sent() >= failed && other.ended() < event.sent())
        .noneMatch(kind);
  }

  private Set<String> having(Predicate<String> loss) {
    return sessions.keySet().stream().filter(loss).collect(toUnmodifiableSet());
  }

  private Stream<Event> acknowledged(String session) {
    return sessions.getOrDefault(session, List.of()).stream()
        .filter(event -> event.sent() < failed && !event.isLost() && event.status() != 503);
  }

  private int latestAcknowledged(String session) {
    Map<String, Integer> generations = generations(session);
    return acknowledged(session)
        .filter(event -> !event.successor().isEmpty())
        .mapToInt(event -> generations.getOrDefault(event.successor(), 0))
        .max()
        .orElse(0);
  }

  /** Of the tokens that were seen, counted from the log-in on. */
  private Map<String, Integer> generations(String session) {
    List<Event> events = sessions.getOrDefault(session, List.of());
    Map<String, String> successors = new HashMap<>();
    events.stream()
        .filter(event -> event.is(Call.EXCHANGE, 200))
        .forEach(event -> successors.put(event.token(), event.successor()));
    Map<String, Integer> generations = new HashMap<>();
    @Nullable String token =
        events.stream()
            .filter(event -> event.is(Call.LOGIN))
            .map(Event::successor)
            .findFirst()
            .orElse(null);
    while (token != null && generations.putIfAbsent(token, generations.size()) == null) {
      token = successors.get(token);
    }
    return generations;
  }
}
