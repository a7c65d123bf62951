package dev.latchkey.domain.session;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that ended within the window, as one who reads the store again and again knows them.
 * It never changes; each reading makes the next.
 *
 * <p>A session is forgotten when the window is over, and for nothing else: if the store has lost it
 * in a fail-over, it is named all the same. Of too many, those that ended first are not named one
 * by one any more, but all access tokens of their time are refused.
 */
public final class RecentlyEnded {

  /**
   * How much later than the time of its end a session may be committed as ended. A node reads the
   * time before its transaction, each statement of which is given up after seconds.
   */
  public static final Duration LATEST_COMMIT = Duration.ofSeconds(60);

  /** How far the clocks of two nodes may differ, and some seconds for a commit. */
  public static final Duration OVERLAP = Duration.ofSeconds(15);

  private final Map<SessionId, Entry> entries;
  private final Instant asOf;
  private final Duration window;
  private final int most;
  private final @Nullable Instant notNamedUpTo;
  private final @Nullable Instant notBefore;
  private final long revision;

  private RecentlyEnded(
      Map<SessionId, Entry> entries,
      Instant asOf,
      Duration window,
      int most,
      @Nullable Instant notNamedUpTo,
      @Nullable Instant notBefore,
      long revision) {
    this.entries = entries;
    this.asOf = asOf;
    this.window = window;
    this.most = most;
    this.notNamedUpTo = notNamedUpTo;
    this.notBefore = notBefore;
    this.revision = revision;
  }

  /**
   * @param learned when whoever listens can have heard of it at the earliest
   */
  private record Entry(Instant at, Instant learned) {}

  /**
   * The first reading.
   *
   * @param found what ended within the window; of more than {@code most}, the latest ones, and at
   *     least one more than that
   * @param asOf read before the store was
   * @param most how many are named
   */
  public static RecentlyEnded of(
      List<EndedSession> found, Instant asOf, Duration window, int most) {
    Map<SessionId, Entry> entries = new LinkedHashMap<>();
    for (EndedSession session : found) {
      Instant committed = session.at().plus(LATEST_COMMIT);
      entries.put(session.id(), new Entry(session.at(), earlier(committed, asOf)));
    }
    return bounded(entries, asOf, window, most, null, null, 1);
  }

  /**
   * The next reading.
   *
   * @param found as in the first reading; what is known already counts once
   */
  public RecentlyEnded learn(List<EndedSession> found, Instant readAt, Duration nextWindow) {
    List<EndedSession> news = found.stream().filter(this::isNews).toList();
    if (news.isEmpty()) {
      return new RecentlyEnded(
          entries, readAt, nextWindow, most, notNamedUpTo, notBefore, revision);
    }
    Map<SessionId, Entry> next = new LinkedHashMap<>(entries);
    next.values().removeIf(entry -> isOver(entry.at(), readAt, nextWindow));
    news.forEach(session -> next.put(session.id(), new Entry(session.at(), readAt)));
    return bounded(next, readAt, nextWindow, most, notNamedUpTo, notBefore, revision + 1);
  }

  /** What ended before one that is not named any more is refused by its time already. */
  private boolean isNews(EndedSession session) {
    return !entries.containsKey(session.id())
        && (notNamedUpTo == null || session.at().isAfter(notNamedUpTo))
        && !isOver(session.at(), asOf, window);
  }

  private static RecentlyEnded bounded(
      Map<SessionId, Entry> entries,
      Instant asOf,
      Duration window,
      int most,
      @Nullable Instant notNamedUpTo,
      @Nullable Instant notBefore,
      long revision) {
    if (entries.size() <= most) {
      return new RecentlyEnded(
          Collections.unmodifiableMap(entries),
          asOf,
          window,
          most,
          notNamedUpTo,
          notBefore,
          revision);
    }
    List<Instant> byTime =
        entries.values().stream().map(Entry::at).sorted(comparing(at -> at)).toList();
    Instant last = byTime.get(entries.size() - most - 1);
    entries.values().removeIf(entry -> !entry.at().isAfter(last));
    // Their tokens were issued until they were committed as ended, which this reading has seen.
    Instant refused = earlier(last.plus(OVERLAP), asOf.plusSeconds(1));
    return new RecentlyEnded(
        Collections.unmodifiableMap(entries),
        asOf,
        window,
        most,
        last,
        notBefore == null || refused.isAfter(notBefore) ? refused : notBefore,
        revision);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static boolean isOver(Instant at, Instant now, Duration window) {
    return at.plus(window).isBefore(now);
  }

  /** Every end that was recorded before this is known. */
  public Instant asOf() {
    return asOf;
  }

  /** How often something was learned: two readings with the same number name the same. */
  public long revision() {
    return revision;
  }

  /** How many are named. */
  public int size() {
    return entries.size();
  }

  /**
   * What a document says.
   *
   * @param since only what may have been recorded after this; null: all
   */
  public EndedSessionsList list(@Nullable Instant since) {
    List<SessionId> named =
        entries.entrySet().stream()
            .filter(entry -> !isOver(entry.getValue().at(), asOf, window))
            .filter(entry -> since == null || entry.getValue().learned().isAfter(since))
            .map(Map.Entry::getKey)
            .toList();
    boolean refuses = notBefore != null && !isOver(notBefore, asOf, window);
    return new EndedSessionsList(
        asOf,
        since,
        named,
        window,
        refuses && notBefore != null ? notBefore.truncatedTo(ChronoUnit.SECONDS) : null);
  }
}
