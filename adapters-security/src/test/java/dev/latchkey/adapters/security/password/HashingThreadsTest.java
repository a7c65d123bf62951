package dev.latchkey.adapters.security.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
    HashingThreads threads = threads(1, 3, LONG);
    List<Thread> started = new ArrayList<>();
    for (String text : List.of("first", "second", "third", "fourth")) {
      Thread caller =
          Thread.ofPlatform().start(() -> assertThat(blocked(threads, text)).contains(text));
      started.add(caller);
      if (text.equals("first")) {
        entered.acquire();
      } else {
        awaitWaiting(caller);
      }
    }

    mayEnd.countDown();
    for (Thread caller : started) {
      caller.join();
    }
    assertThat(computed).containsExactly("first", "second", "third", "fourth");
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
      assertThat(threads.admit(() -> threads.compute(() -> "any"))).isEmpty();
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(threads.admit(() -> threads.compute(() -> "any"))).contains("any");
  }

  @Test
  void keepNoPlaceForWhateverFails() {
    HashingThreads threads = threads(1, 1, LONG);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  threads.admit(
                      () ->
                          threads.compute(
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
                    threads.admit(() -> threads.compute(() -> Thread.currentThread().isVirtual())))
            .get();

    assertThat(onVirtual).contains(false);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void yieldTheProcessorToAllOthers() {
    HashingThreads threads = threads(1, 0, LONG);

    int ours = niceness();
    assertThat(threads.admit(() -> threads.compute(HashingThreadsTest::niceness)).orElseThrow())
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
        () ->
            threads.compute(
                () -> {
                  nanoTime.addAndGet(duration.toNanos());
                  return "done";
                }));
  }

  private Optional<String> blocked(HashingThreads threads, String text) {
    return threads.admit(() -> threads.compute(() -> block(text)));
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

  private CompletionService<Optional<String>> call(HashingThreads threads, int count) {
    CompletionService<Optional<String>> results = new ExecutorCompletionService<>(callers);
    for (int i = 0; i < count; i++) {
      var _ = results.submit(() -> blocked(threads, "any"));
    }
    return results;
  }

  private static List<Optional<String>> take(CompletionService<Optional<String>> results, int count)
      throws Exception {
    List<Optional<String>> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(results.take().get());
    }
    return taken;
  }

  /** Until the thread stands in the queue: there is nothing else that it could wait for. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
