package dev.latchkey.adapters.security.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.domain.session.ClientNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * How {@link HashingThreads} keep to their limits. A computation goes on until the test lets it
 * end.
 */
@Timeout(30)
final class HashingThreadsTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Set<Thread.State> WAITING_OR_DONE =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);
  private static final ClientNetwork ONE = ClientNetwork.of("192.0.2.1");
  private static final ClientNetwork OTHER = ClientNetwork.of("2001:db8::1");

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger computing = new AtomicInteger();
  private final AtomicInteger mostComputing = new AtomicInteger();
  private final List<String> computed = new CopyOnWriteArrayList<>();
  private final AtomicLong nanoTime = new AtomicLong();

  @AfterEach
  void letEverybodyEnd() {
    mayEnd.countDown();
    var _ = callers.shutdownNow(); // those that a failed test left waiting
    callers.close();
  }

  @Test
  void refuseWhoeverFindsTheQueueFull() throws Exception {
    HashingThreads threads = threads(2, 3, LONG);
    CompletionService<Optional<String>> results = call(threads, 2 + 3 + 4);

    // Nothing ends yet, so these four can only be the ones that were refused.
    assertThat(take(results, 4)).containsOnly(Optional.empty());
    mayEnd.countDown();
    assertThat(take(results, 5)).containsOnly(Optional.of("any"));
    assertThat(computed).hasSize(5);
  }

  @Test
  void computeAsManyAtATimeAsTheyMayAndNoMore() throws Exception {
    CompletionService<Optional<String>> results = call(threads(2, 20, LONG), 2 + 20);

    entered.acquire(2);
    mayEnd.countDown();
    assertThat(take(results, 2 + 20)).containsOnly(Optional.of("any"));
    assertThat(mostComputing).hasValue(2);
  }

  @Test
  void computeInTheOrderOfArrival() throws Exception {
    HashingThreads threads = threads(1, 6, LONG);
    List<Thread> started = new ArrayList<>();
    for (String text : List.of("first", "second", "third", "fourth")) {
      started.add(start(threads, ONE, text));
    }

    mayEnd.countDown();
    join(started);
    assertThat(computed).containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void computeOneMoreOfAThousandFromAnotherNetworkAndThenTheNewcomers() throws Exception {
    HashingThreads threads = threads(1, 2000, LONG);
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      started.add(start(threads, ONE, "flood"));
    }
    started.add(start(threads, OTHER, "newcomer"));
    started.add(start(threads, OTHER, "newcomer"));

    mayEnd.countDown();
    join(started);
    assertThat(computed)
        .hasSize(1002)
        .startsWith("flood", "flood", "newcomer", "flood", "newcomer", "flood");
  }

  @Test
  void haveRoomForAnotherNetworkWhateverOneAsksFor() throws Exception {
    HashingThreads threads = threads(1, 9, LONG);
    CompletionService<Optional<String>> flood = new ExecutorCompletionService<>(callers);
    for (int i = 0; i < 1000; i++) {
      var _ = flood.submit(() -> blocked(threads, ONE, "flood"));
    }
    // Five of ten places are as many as it leaves free.
    assertThat(take(flood, 1000 - 5)).containsOnly(Optional.empty());

    Future<Optional<String>> newcomer = callers.submit(() -> blocked(threads, OTHER, "newcomer"));
    mayEnd.countDown();

    assertThat(newcomer.get()).contains("newcomer");
    assertThat(take(flood, 5)).containsOnly(Optional.of("flood"));
  }

  @Test
  void giveRoomToTheNetworksInTurn() throws Exception {
    HashingThreads threads = threads(1, 0, LONG, LONG);
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      started.add(start(threads, ONE, "flood"));
    }
    started.add(start(threads, OTHER, "newcomer"));
    started.add(start(threads, OTHER, "newcomer"));

    mayEnd.countDown();
    join(started);
    assertThat(computed)
        .hasSize(102)
        .startsWith("flood", "flood", "newcomer", "flood", "newcomer", "flood");
  }

  /** Of a hundred places only so many are given away as can be served in time. */
  @Test
  void refuseWhoeverWouldWaitTooLong() throws Exception {
    HashingThreads threads = threads(2, 100, Duration.ofSeconds(1));
    assertThat(taking(threads, Duration.ofMillis(400))).contains("done");

    // Two compute. Each of those after them adds 200 ms to the wait of the next; the last to come
    // in waits a second.
    CompletionService<Optional<String>> results = call(threads, 2 + 5 + 4);

    assertThat(take(results, 4)).containsOnly(Optional.empty());
    mayEnd.countDown();
    assertThat(take(results, 2 + 5)).containsOnly(Optional.of("any"));
  }

  @Test
  void admitWhoeverWaitedUntilThereWasRoom() throws Exception {
    HashingThreads threads = threads(1, 0, LONG, LONG);
    CompletionService<Optional<String>> results = call(threads, 5);

    mayEnd.countDown();

    assertThat(take(results, 5)).containsOnly(Optional.of("any"));
    assertThat(mostComputing).hasValue(1);
  }

  @Test
  void admitOneWhateverTheLatestTook() {
    HashingThreads threads = threads(1, 100, Duration.ofMillis(1));

    assertThat(taking(threads, Duration.ofHours(1))).contains("done");
    assertThat(taking(threads, Duration.ofHours(1))).contains("done");
  }

  @Test
  void forgetASlowTime() throws Exception {
    HashingThreads threads = threads(1, 1, Duration.ofSeconds(1));
    assertThat(taking(threads, Duration.ofMinutes(1))).contains("done");
    for (int i = 0; i < 60; i++) {
      assertThat(taking(threads, Duration.ofMillis(20))).contains("done");
    }

    CompletionService<Optional<String>> results = call(threads, 2);
    mayEnd.countDown();
    assertThat(take(results, 2)).containsOnly(Optional.of("any"));
  }

  @Test
  void keepNoPlaceForWhoeverIsInterrupted() {
    HashingThreads threads = threads(1, 1, LONG);

    for (int i = 0; i < 3; i++) {
      Thread.currentThread().interrupt();
      assertThat(threads.admit(ONE, place -> place.compute(() -> "any"))).isEmpty();
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(threads.admit(ONE, place -> place.compute(() -> "any"))).contains("any");
  }

  @Test
  void keepNoPlaceForWhoeverIsInterruptedWhileItWaitsForItsTurn() throws Exception {
    HashingThreads threads = threads(1, 1, LONG);
    Thread computes = start(threads, ONE, "computes");
    for (int i = 0; i < 10; i++) {
      Thread waits = start(threads, OTHER, "gone");
      waits.interrupt();
      waits.join();
    }

    Thread last = start(threads, OTHER, "last");
    mayEnd.countDown();
    join(List.of(computes, last));
    assertThat(computed).containsExactly("computes", "last");
  }

  @Test
  void keepNoPlaceForWhoeverIsInterruptedWhileItWaitsForRoom() throws Exception {
    HashingThreads threads = threads(1, 0, LONG, LONG);
    Thread computes = start(threads, ONE, "computes");
    for (int i = 0; i < 10; i++) {
      Thread waits = start(threads, OTHER, "gone");
      waits.interrupt();
      waits.join();
    }

    Thread last = start(threads, OTHER, "last");
    mayEnd.countDown();
    join(List.of(computes, last));
    assertThat(computed).containsExactly("computes", "last");
  }

  /** Whichever of the two comes first. */
  @Test
  void keepNoPlaceForWhoeverIsInterruptedWhileItIsGivenRoom() throws Exception {
    HashingThreads threads = threads(1, 0, LONG, LONG);

    for (int i = 0; i < 500; i++) {
      var leave = new CountDownLatch(1);
      Thread holds = Thread.ofVirtual().start(ignoring(() -> holdAPlace(threads, leave)));
      awaitWaiting(holds);
      Thread waits = Thread.ofVirtual().start(ignoring(() -> threads.admit(OTHER, _ -> "any")));
      awaitWaiting(waits);
      leave.countDown();
      waits.interrupt();
      join(List.of(holds, waits));
    }

    assertThat(threads.admit(ONE, _ -> "any")).contains("any");
  }

  private static Optional<Boolean> holdAPlace(HashingThreads threads, CountDownLatch until) {
    return threads.admit(
        ONE,
        _ -> {
          try {
            until.await();
            return true;
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void keepNoPlaceForWhateverFails() {
    HashingThreads threads = threads(1, 1, LONG);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  threads.admit(
                      ONE,
                      place ->
                          place.compute(
                              () -> {
                                throw new IllegalStateException("out of order");
                              })))
          .hasMessage("out of order");
    }
  }

  /**
   * Virtual threads run the service: whatever computes on their carriers keeps all others waiting.
   */
  @Test
  void computeOnNoVirtualThreadWhoeverCalls() throws Exception {
    HashingThreads threads = threads(1, 0, LONG);

    Optional<Boolean> onVirtual =
        callers
            .submit(
                () ->
                    threads.admit(
                        ONE, place -> place.compute(() -> Thread.currentThread().isVirtual())))
            .get();

    assertThat(onVirtual).contains(false);
  }

  @Test
  void sayWhatTheyDo() throws Exception {
    HashingThreads threads = threads(1, 1, LONG);
    Thread first = start(threads, ONE, "first");
    entered.acquire();
    Thread second = start(threads, OTHER, "second");
    assertThat(blocked(threads, ClientNetwork.of("192.0.2.2"), "none")).isEmpty();
    nanoTime.addAndGet(7);

    assertThat(threads.load()).isEqualTo(new HashingLoad(1, 1, 1, 1, Duration.ZERO));

    mayEnd.countDown();
    join(List.of(first, second));
    assertThat(threads.load()).isEqualTo(new HashingLoad(0, 0, 1, 2, Duration.ofNanos(7)));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void yieldTheProcessorToAllOthers() {
    HashingThreads threads = threads(1, 0, LONG);

    int ours = niceness();
    assertThat(
            threads.admit(ONE, place -> place.compute(HashingThreadsTest::niceness)).orElseThrow())
        .isGreaterThanOrEqualTo(Math.min(19, ours + 10));
    assertThat(niceness()).isEqualTo(ours);
  }

  /** Of the calling thread, as the system tells it (proc_pid_stat(5), field 19). */
  private static int niceness() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19 - 3]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HashingThreads threads(int concurrency, int queue, Duration maxWait) {
    return threads(concurrency, queue, maxWait, Duration.ofMillis(1));
  }

  private HashingThreads threads(int concurrency, int queue, Duration maxWait, Duration patience) {
    return new HashingThreads(
        new HashingLimits(concurrency, queue, maxWait), patience, nanoTime::get);
  }

  private Optional<String> taking(HashingThreads threads, Duration duration) {
    return threads.admit(
        ONE,
        place ->
            place.compute(
                () -> {
                  nanoTime.addAndGet(duration.toNanos());
                  return "done";
                }));
  }

  private Optional<String> blocked(HashingThreads threads, ClientNetwork network, String text) {
    return threads.admit(network, place -> place.compute(() -> block(text)));
  }

  private String block(String text) {
    computed.add(text);
    mostComputing.accumulateAndGet(computing.incrementAndGet(), Math::max);
    entered.release();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      computing.decrementAndGet();
    }
    return text;
  }

  /** Callers from as many networks. */
  private CompletionService<Optional<String>> call(HashingThreads threads, int count) {
    CompletionService<Optional<String>> results = new ExecutorCompletionService<>(callers);
    for (int i = 0; i < count; i++) {
      ClientNetwork network = ClientNetwork.of("192.0.2." + i);
      var _ = results.submit(() -> blocked(threads, network, "any"));
    }
    return results;
  }

  /** Another caller, which computes or waits. */
  private Thread start(HashingThreads threads, ClientNetwork network, String text) {
    Thread caller = Thread.ofVirtual().start(ignoring(() -> blocked(threads, network, text)));
    awaitWaiting(caller);
    return caller;
  }

  private static List<Optional<String>> take(CompletionService<Optional<String>> results, int count)
      throws Exception {
    List<Optional<String>> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(results.take().get());
    }
    return taken;
  }

  private static Runnable ignoring(Supplier<?> call) {
    return () -> {
      var _ = call.get();
    };
  }

  /** Until the thread waits for its turn or for room, as it can for nothing else, or is refused. */
  private static void awaitWaiting(Thread thread) {
    while (!WAITING_OR_DONE.contains(thread.getState())) {
      Thread.onSpinWait();
    }
  }

  private static void join(List<Thread> started) throws InterruptedException {
    for (Thread thread : started) {
      thread.join();
    }
  }
}
