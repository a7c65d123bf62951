package dev.latchkey.adapters.persistence.connection;

import dev.latchkey.application.port.StorageUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A statement that answers several callers by one trip to the database. One trip is under way at a
 * time: whoever comes meanwhile waits, and the next trip is for all who wait. So a caller of an
 * idle service waits for nobody, and the busier the service is, the less each caller costs.
 *
 * <p>There is no thread for this: of those who wait, the first makes the trip for all.
 *
 * <p>What is wrong with one must not fail the others. So if a trip for several fails, each of them
 * makes it again alone; except after an outage, which is nobody's own.
 *
 * <p>The statement must not wait for anything that a single caller can hold up, such as the lock of
 * a row: everybody would wait with it.
 *
 * @param <Q> what a caller asks for
 * @param <A> the answer to it
 */
public final class SharedStatement<Q, A> {

  /** With more, the first of a group would have to wait noticeably for its last. */
  static final int LARGEST_GROUP = 64;

  /**
   * A trip that takes longer no longer keeps others from setting off: its connection may be dead,
   * and theirs alive.
   */
  static final Duration SLOW = Duration.ofMillis(100);

  private final Function<List<Q>, List<A>> statement;
  private final Duration maxWait;
  private final LongSupplier nanoTime;

  private final Queue<Caller<Q, A>> waiting = new ArrayDeque<>();
  private int underWay;
  private long lastStart;
  private long trips;
  private long callers;
  private long late;

  /**
   * @param statement from questions to their answers, in the same order
   * @param maxWait how long a caller waits for its turn at most
   */
  public SharedStatement(Function<List<Q>, List<A>> statement, Duration maxWait) {
    this(statement, maxWait, System::nanoTime);
  }

  SharedStatement(Function<List<Q>, List<A>> statement, Duration maxWait, LongSupplier nanoTime) {
    this.statement = statement;
    this.maxWait = maxWait;
    this.nanoTime = nanoTime;
  }

  /**
   * @throws StorageUnavailableException if there is an outage, or the database is so slow that its
   *     turn did not come in time; else what the statement throws for this question alone
   */
  public A ask(Q question) {
    var caller = new Caller<Q, A>(question, nanoTime.getAsLong(), new CompletableFuture<>());
    join(caller);
    return switch (caller.turn().join()) {
      case Turn.Leads<Q, A>(List<Caller<Q, A>> group) -> answer(group);
      case Turn.Answered<Q, A>(A answer) -> answer;
      case Turn.Failed<Q, A>(RuntimeException cause) -> askAgain(question, cause);
    };
  }

  /** How many wait for their turn. */
  synchronized int waiting() {
    return waiting.size();
  }

  public synchronized SharedStatementLoad load() {
    return new SharedStatementLoad(waiting.size(), trips, callers, late);
  }

  private void join(Caller<Q, A> caller) {
    Departure<Q, A> departure;
    synchronized (this) {
      waiting.add(caller);
      if (underWay > 0 && !isLongerThan(SLOW, lastStart)) {
        return;
      }
      underWay++;
      departure = depart();
    }
    departure.announce();
  }

  /** Makes the trip for a group, and returns the answer to the first of it. */
  private A answer(List<Caller<Q, A>> group) {
    List<Caller<Q, A>> others = group.subList(1, group.size());
    try {
      List<A> answers = answersTo(group.stream().map(Caller::question).toList());
      returned();
      for (int i = 0; i < others.size(); i++) {
        others.get(i).turn().complete(new Turn.Answered<>(answers.get(i + 1)));
      }
      return answers.getFirst();
    } catch (RuntimeException e) {
      fail(others, e);
      returned();
      if (others.isEmpty()) {
        throw e;
      }
      return askAgain(group.getFirst().question(), e);
    } catch (Error e) {
      fail(others, new IllegalStateException(e));
      returned();
      throw e;
    }
  }

  private A askAgain(Q question, RuntimeException cause) {
    if (cause instanceof StorageUnavailableException) {
      throw cause;
    }
    return answersTo(List.of(question)).getFirst();
  }

  private List<A> answersTo(List<Q> questions) {
    List<A> answers = statement.apply(questions);
    if (answers.size() != questions.size()) {
      throw new IllegalStateException(
          questions.size() + " callers asked, and " + answers.size() + " were answered");
    }
    return answers;
  }

  private void returned() {
    Departure<Q, A> departure;
    synchronized (this) {
      departure = depart();
    }
    departure.announce();
  }

  /** All who wait, as far as there is room; without anybody, the trip that this would be ends. */
  private Departure<Q, A> depart() {
    var group = new ArrayList<Caller<Q, A>>();
    var tooLate = new ArrayList<Caller<Q, A>>();
    while (group.size() < LARGEST_GROUP && !waiting.isEmpty()) {
      Caller<Q, A> next = waiting.remove();
      (isLongerThan(maxWait, next.since()) ? tooLate : group).add(next);
    }
    if (group.isEmpty()) {
      underWay--;
    } else {
      lastStart = nanoTime.getAsLong();
      trips++;
      callers += group.size();
    }
    late += tooLate.size();
    return new Departure<>(group, tooLate);
  }

  private boolean isLongerThan(Duration duration, long since) {
    return nanoTime.getAsLong() - since > duration.toNanos();
  }

  private static <Q, A> void fail(List<Caller<Q, A>> callers, RuntimeException cause) {
    callers.forEach(caller -> caller.turn().complete(new Turn.Failed<>(cause)));
  }

  /**
   * @param since by the processor's counter
   */
  private record Caller<Q, A>(Q question, long since, CompletableFuture<Turn<Q, A>> turn) {}

  /** Who sets off together, and whose turn comes too late. */
  private record Departure<Q, A>(List<Caller<Q, A>> group, List<Caller<Q, A>> late) {

    void announce() {
      if (!group.isEmpty()) {
        group.getFirst().turn().complete(new Turn.Leads<>(group));
      }
      if (!late.isEmpty()) {
        var cause = new TimeoutException("no turn at the database in time");
        fail(late, new StorageUnavailableException(cause));
      }
    }
  }

  /** What comes of waiting. */
  private sealed interface Turn<Q, A> {

    /** The caller makes the trip, for itself and the others. */
    record Leads<Q, A>(List<Caller<Q, A>> group) implements Turn<Q, A> {}

    record Answered<Q, A>(A answer) implements Turn<Q, A> {}

    record Failed<Q, A>(RuntimeException cause) implements Turn<Q, A> {}
  }
}
