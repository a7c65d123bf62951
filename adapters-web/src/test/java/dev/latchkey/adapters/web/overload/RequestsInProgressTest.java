package dev.latchkey.adapters.web.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestsInProgressTest {

  private static final String DONE = "done";
  private static final String REFUSED = "refused";

  private final AtomicLong nanos = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void end() {
    mayEnd.countDown();
    threads.close();
  }

  @Test
  void noMoreAreWorkedOnThanTheLimit() {
    RequestsInProgress requests = with(3, Duration.ofHours(1));
    var working = new AtomicInteger();
    var most = new AtomicInteger();
    var three = new CountDownLatch(3);
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(
          CompletableFuture.supplyAsync(
              () ->
                  requests.admit(
                      () -> {
                        most.accumulateAndGet(working.incrementAndGet(), Math::max);
                        three.countDown();
                        await(three);
                        working.decrementAndGet();
                        return DONE;
                      },
                      () -> REFUSED),
              threads));
    }

    assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(DONE));
    assertThat(most).hasValue(3);
    assertThat(requests.inProgress()).isZero();
    assertThat(requests.waiting()).isZero();
    assertThat(requests.refused()).isZero();
  }

  @Test
  void whoFindsNoPlaceWaitsForOne() {
    RequestsInProgress requests = with(1, Duration.ofHours(1));
    CompletableFuture<String> first = working(requests);
    CompletableFuture<String> second = asking(requests);
    awaitWaiting(requests, 1);

    assertThat(requests.inProgress()).isEqualTo(1);
    mayEnd.countDown();

    assertThat(first.join()).isEqualTo(DONE);
    assertThat(second.join()).isEqualTo(DONE);
  }

  @Test
  void whoHasWaitedForTooLongIsRefused() {
    RequestsInProgress requests = with(1, Duration.ofNanos(1));
    CompletableFuture<String> first = working(requests);

    assertThat(requests.admit(() -> DONE, () -> REFUSED)).isEqualTo(REFUSED);

    assertThat(requests.refused()).isEqualTo(1);
    mayEnd.countDown();
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(requests.admit(() -> DONE, () -> REFUSED)).isEqualTo(DONE);
  }

  /** Of two places one is given back every second, so the third who waits gets one after 3 s. */
  @Test
  void whoWouldWaitForTooLongIsRefusedAtOnce() {
    RequestsInProgress requests = with(2, Duration.ofMillis(2500));
    requests.admit(
        () -> String.valueOf(nanos.addAndGet(Duration.ofSeconds(2).toNanos())), () -> "");
    CompletableFuture<String> first = working(requests);
    CompletableFuture<String> second = working(requests);
    List<CompletableFuture<String>> waiting = List.of(asking(requests), asking(requests));
    awaitWaiting(requests, 2);

    assertThat(requests.admit(() -> DONE, () -> REFUSED)).isEqualTo(REFUSED);

    assertThat(requests.waiting()).isEqualTo(2);
    mayEnd.countDown();
    assertThat(first.join()).isEqualTo(DONE);
    assertThat(second.join()).isEqualTo(DONE);
    assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isEqualTo(DONE));
  }

  @Test
  void aPlaceIsGivenBackByWhoFails() {
    RequestsInProgress requests = with(1, Duration.ZERO);
    try {
      requests.admit(
          () -> {
            throw new IllegalStateException("a bug");
          },
          () -> REFUSED);
    } catch (IllegalStateException _) {
      // As it should.
    }

    assertThat(requests.admit(() -> DONE, () -> REFUSED)).isEqualTo(DONE);
  }

  private RequestsInProgress with(int concurrency, Duration maxWait) {
    return new RequestsInProgress(new RequestLimits(concurrency, maxWait), nanos::get);
  }

  /** One that has a place, and keeps it until the test says so. */
  private CompletableFuture<String> working(RequestsInProgress requests) {
    var begun = new CountDownLatch(1);
    CompletableFuture<String> working =
        CompletableFuture.supplyAsync(
            () ->
                requests.admit(
                    () -> {
                      begun.countDown();
                      await(mayEnd);
                      return DONE;
                    },
                    () -> REFUSED),
            threads);
    await(begun);
    return working;
  }

  private CompletableFuture<String> asking(RequestsInProgress requests) {
    return CompletableFuture.supplyAsync(() -> requests.admit(() -> DONE, () -> REFUSED), threads);
  }

  private static void awaitWaiting(RequestsInProgress requests, int count) {
    while (requests.waiting() < count) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
