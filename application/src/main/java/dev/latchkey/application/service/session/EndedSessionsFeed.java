package dev.latchkey.application.service.session;

import dev.latchkey.application.port.EndedSessionsDocument;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.session.MeasureEndedSessions.Measure;
import dev.latchkey.application.port.in.session.PublishEndedSessions.Result;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.EndedSessions;
import dev.latchkey.application.port.out.session.EndedSessionsDocuments;
import dev.latchkey.application.service.key.SigningKeyRing;
import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.session.RecentlyEnded;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The ended sessions as this node knows them, and the one place that says when the store is read
 * and when a document is signed.
 *
 * <p>Each reading asks for what ended since the one before, and a little earlier, because a
 * transaction may commit late; every tenth second one asks for all. What is learned is published at
 * once, and if nothing is, a new document says so every ten seconds. A document is signed when the
 * first listener asks for it, and then is the same for all.
 */
public final class EndedSessionsFeed {

  /** How many sessions a document names. */
  public static final int MOST = 50_000;

  /** How old the last reading may be for a caller to go by it. */
  static final Duration FRESH = Duration.ofSeconds(1);

  /** How often all is read, and a document published although nothing is new. */
  static final Duration RENEWAL = Duration.ofSeconds(10);

  /** For how long after the last caller the store is read. */
  static final Duration LISTENED_TO = Duration.ofMinutes(1);

  /** How old a document may become during an outage: listeners go by it no longer either. */
  static final Duration MAX_AGE = Duration.ofMinutes(1);

  /** For verifiers that accept a token a little after its expiry. */
  private static final Duration LEEWAY_ELSEWHERE = Duration.ofMinutes(1);

  private final EndedSessions sessions;
  private final EndedSessionsDocuments documents;
  private final SigningKeyRing keyRing;
  private final Duration tokenLife;
  private final int most;
  private final InstantSource clock;

  private final AtomicLong signed = new AtomicLong();

  private volatile @Nullable State state;
  private volatile @Nullable Instant askedAt;
  private volatile @Nullable Instant failedAt;

  /** Somebody waits for the store. */
  private volatile boolean reading;

  /**
   * @param tokenLife how long an access token of this node is accepted, with the leeway
   * @param most how many sessions a document names
   */
  public EndedSessionsFeed(
      EndedSessions sessions,
      EndedSessionsDocuments documents,
      SigningKeyRing keyRing,
      Duration tokenLife,
      int most,
      InstantSource clock) {
    this.sessions = sessions;
    this.documents = documents;
    this.keyRing = keyRing;
    this.tokenLife = tokenLife;
    this.most = most;
    this.clock = clock;
  }

  /**
   * For how long an ended session is named: as long as any access token lives that this node or
   * another has signed, by the keys that are in use.
   */
  public Duration window() {
    Duration longest = keyRing.longestTokenLifetime();
    return (longest.compareTo(tokenLife) > 0 ? longest : tokenLife)
        .plus(LEEWAY_ELSEWHERE)
        .plus(RecentlyEnded.LATEST_COMMIT);
  }

  /**
   * What is known now. Reads the store only if that was not done of late.
   *
   * @param since as in {@link
   *     dev.latchkey.application.port.in.session.PublishEndedSessions.Command}
   */
  Result publish(@Nullable Instant since) {
    Instant now = clock.instant();
    askedAt = now;
    State known = state;
    if (known == null || !isWithin(FRESH, known.latest().asOf(), now)) {
      known = readUnlessSomebodyDoes(now);
    }
    if (known == null || isPast(MAX_AGE, known.published().asOf(), now)) {
      return new Result.Unknown();
    }
    try {
      boolean isNews = since == null || known.isNewsAfter(since);
      Published published = known.published();
      return published
          .document(known.floorOf(since), this::sign)
          .<Result>map(document -> new Result.Published(document, isNews))
          .orElseGet(Result.Unknown::new);
    } catch (StorageUnavailableException _) {
      // No key is known that may sign: nor does this node know whether there is another by now.
      return new Result.Unknown();
    }
  }

  /**
   * During an outage most callers go by what is known, and do not wait for the store; and if that
   * is nothing any more, one waits for all.
   */
  private @Nullable State readUnlessSomebodyDoes(Instant now) {
    State known = state;
    if (hasJustFailed(now)) {
      return known;
    }
    boolean usable = known != null && !isPast(MAX_AGE, known.published().asOf(), now);
    return usable && reading ? known : readUnlessDone(now);
  }

  private synchronized @Nullable State readUnlessDone(Instant now) {
    State meanwhile = state;
    boolean done = meanwhile != null && isWithin(FRESH, meanwhile.latest().asOf(), now);
    if (done || hasJustFailed(clock.instant())) {
      return meanwhile;
    }
    try {
      return read();
    } catch (StorageUnavailableException _) {
      return state;
    }
  }

  private boolean hasJustFailed(Instant now) {
    Instant failure = failedAt;
    return failure != null && isWithin(FRESH, failure, now);
  }

  /**
   * Reads the store if somebody listens.
   *
   * @return the version of the documents that are published; nothing if nobody listens
   * @throws StorageUnavailableException if the store does not answer; what is known stays
   */
  OptionalLong renew() {
    if (!isListenedTo(clock.instant())) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(read().published().version());
  }

  private boolean isListenedTo(Instant now) {
    Instant asked = askedAt;
    return asked != null && isWithin(LISTENED_TO, asked, now);
  }

  /** One at a time. The time is read before the store: what it promises is true. */
  private synchronized State read() {
    Instant now = clock.instant();
    State before = state;
    Duration window = window();
    reading = true;
    try {
      State next = before == null ? first(now, window) : next(before, now, window);
      state = next;
      failedAt = null;
      return next;
    } catch (StorageUnavailableException e) {
      failedAt = clock.instant();
      throw e;
    } finally {
      reading = false;
    }
  }

  private State first(Instant now, Duration window) {
    var latest = RecentlyEnded.of(sessions.latest(now.minus(window), most + 1), now, window, most);
    return new State(latest, now, null, new Published(latest, window, 1));
  }

  private State next(State before, Instant now, Duration window) {
    Instant last = before.latest().asOf();
    boolean all = !isWithin(RENEWAL, before.allReadAt(), now) || now.isBefore(last);
    Instant after = all ? now.minus(window) : last.minus(RecentlyEnded.OVERLAP);
    List<EndedSession> found = sessions.latest(after, most + 1);
    RecentlyEnded latest = before.latest().learn(found, now, window);
    Published published = before.published();
    if (latest.revision() != published.revision()
        || !isWithin(RENEWAL, published.asOf(), now)
        || now.isBefore(last)) {
      published = new Published(latest, window, published.version() + 1);
    }
    return new State(latest, all ? now : before.allReadAt(), before.setBackUntil(now), published);
  }

  private Optional<EndedSessionsDocument> sign(
      RecentlyEnded what, @Nullable Instant since, long version) {
    return keyRing
        .current()
        .map(key -> new EndedSessionsDocument(sign(what, since, key), what.asOf(), version));
  }

  private String sign(RecentlyEnded what, @Nullable Instant since, OpenedSigningKey key) {
    signed.incrementAndGet();
    return documents.sign(what.list(since), key);
  }

  Measure measure() {
    State known = state;
    Instant now = clock.instant();
    if (known == null) {
      return new Measure(0, Duration.ZERO, signed.get());
    }
    Duration age = Duration.between(known.latest().asOf(), now);
    return new Measure(
        known.latest().size(),
        isListenedTo(now) && age.isPositive() ? age : Duration.ZERO,
        signed.get());
  }

  /** A clock that was set back must not put anything off: the distance counts both ways. */
  private static boolean isWithin(Duration duration, Instant then, Instant now) {
    return Duration.between(then, now).abs().compareTo(duration) < 0;
  }

  private static boolean isPast(Duration duration, Instant then, Instant now) {
    return Duration.between(then, now).compareTo(duration) > 0;
  }

  /**
   * @param allReadAt when the last reading asked for the whole window
   * @param setBackFrom what the clock said before it was set back: whoever knows a document of that
   *     time gets a whole one
   */
  private record State(
      RecentlyEnded latest, Instant allReadAt, @Nullable Instant setBackFrom, Published published) {

    @Nullable Instant setBackUntil(Instant now) {
      if (!now.isBefore(latest.asOf())) {
        return setBackFrom;
      }
      return setBackFrom == null || latest.asOf().isAfter(setBackFrom)
          ? latest.asOf()
          : setBackFrom;
    }

    /** Another node may have told more; but not of what has not yet happened. */
    boolean isNewsAfter(Instant since) {
      return since.isBefore(published.asOf())
          || since.isAfter(latest.asOf().plus(RecentlyEnded.OVERLAP));
    }

    /**
     * The time that a document for whoever knows one of {@code since} begins at: some seconds
     * earlier, as nodes do not read at the same moment, and one of few, so that many share it.
     *
     * @return null if it is to be whole
     */
    @Nullable Instant floorOf(@Nullable Instant since) {
      if (since == null
          || since.isAfter(latest.asOf().plus(RecentlyEnded.OVERLAP))
          || (setBackFrom != null && !since.isAfter(setBackFrom))) {
        return null;
      }
      // Whoever listens all the time knows what is a second old.
      Duration before = RecentlyEnded.OVERLAP.plusSeconds(1);
      while (before.compareTo(published.window()) < 0) {
        Instant floor = published.asOf().minus(before);
        if (!floor.plus(RecentlyEnded.OVERLAP).isAfter(since)) {
          return floor;
        }
        before = before.multipliedBy(2);
      }
      return null;
    }
  }

  @FunctionalInterface
  private interface Signer {
    Optional<EndedSessionsDocument> sign(RecentlyEnded what, @Nullable Instant since, long version);
  }

  /** What is said now, and the documents that say it; about ten at most. */
  private static final class Published {

    private final RecentlyEnded what;
    private final Duration window;
    private final long version;
    private final Map<Optional<Instant>, EndedSessionsDocument> bySince = new HashMap<>();

    Published(RecentlyEnded what, Duration window, long version) {
      this.what = what;
      this.window = window;
      this.version = version;
    }

    Instant asOf() {
      return what.asOf();
    }

    Duration window() {
      return window;
    }

    long revision() {
      return what.revision();
    }

    long version() {
      return version;
    }

    /** Whoever comes first has it signed; the others wait for that. */
    synchronized Optional<EndedSessionsDocument> document(@Nullable Instant since, Signer signer) {
      Optional<Instant> key = Optional.ofNullable(since);
      Optional<EndedSessionsDocument> found = Optional.ofNullable(bySince.get(key));
      if (found.isPresent()) {
        return found;
      }
      Optional<EndedSessionsDocument> made = signer.sign(what, since, version);
      made.ifPresent(document -> bySince.put(key, document));
      return made;
    }
  }
}
