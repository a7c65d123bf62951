package dev.latchkey.adapters.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.security.Argon2idPasswordHasher.RawHash;
import dev.latchkey.application.port.out.PasswordHasher;
import dev.latchkey.application.port.out.PasswordHasher.Comparison;
import dev.latchkey.application.port.out.PasswordHasher.Hashing;
import dev.latchkey.domain.user.Password;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How {@link Argon2idPasswordHasher} keeps to its limits. The hash computes until the test lets it end. */
@Timeout(30)
final class HashingLimitsTest {

  private static final Password PASSWORD = new Password("correct horse battery staple");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger computing = new AtomicInteger();
  private final AtomicInteger mostComputing = new AtomicInteger();
  private final List<String> computed = new CopyOnWriteArrayList<>();

  @AfterEach
  void letEverybodyEnd() {
    mayEnd.countDown();
    threads.close();
  }

  @Test
  void refusesAtOnceWhoeverFindsTheQueueFull() throws Exception {
    PasswordHasher hasher = hasher(new HashingLimits(2, 3), this::blocked);
    CompletionService<Comparison> callers = callersOf(hasher, 2 + 3 + 4);

    // Nothing ends yet, so these four can only be the ones that were refused.
    assertThat(take(callers, 4)).containsOnly(Comparison.OVERLOADED);
    mayEnd.countDown();
    assertThat(take(callers, 5)).containsOnly(Comparison.MISMATCH);
    assertThat(computed).hasSize(5);
  }

  @Test
  void computesAsManyAtATimeAsItMayAndNoMore() throws Exception {
    PasswordHasher hasher = hasher(new HashingLimits(2, 20), this::blocked);
    CompletionService<Comparison> callers = callersOf(hasher, 2 + 20);

    entered.acquire(2);
    mayEnd.countDown();
    assertThat(take(callers, 2 + 20)).containsOnly(Comparison.MISMATCH);
    assertThat(mostComputing).hasValue(2);
  }

  @Test
  void computesInTheOrderOfArrival() throws Exception {
    PasswordHasher hasher = hasher(new HashingLimits(1, 3), this::blocked);
    List<Thread> callers = new ArrayList<>();
    for (String text : List.of("first", "second", "third", "fourth")) {
      Thread caller = Thread.ofPlatform().start(() -> compare(hasher, text));
      callers.add(caller);
      if (text.equals("first")) {
        entered.acquire();
      } else {
        awaitWaiting(caller);
      }
    }

    mayEnd.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(computed).containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void hashesUnderTheSameLimitsAsItCompares() throws Exception {
    PasswordHasher hasher = hasher(new HashingLimits(1, 0), this::blocked);
    Thread comparing = Thread.ofVirtual().start(() -> compare(hasher, "comparing"));
    entered.acquire();

    assertThat(hasher.hash(PASSWORD)).isEqualTo(new Hashing.Overloaded());

    mayEnd.countDown();
    comparing.join();
    assertThat(hasher.hash(PASSWORD)).isInstanceOf(Hashing.Hashed.class);
  }

  @Test
  void keepsNoPlaceForWhoeverIsInterrupted() {
    PasswordHasher hasher = hasher(new HashingLimits(1, 1), HashingLimitsTest::quick);

    for (int i = 0; i < 3; i++) {
      Thread.currentThread().interrupt();
      assertThat(hasher.compare(PASSWORD, Optional.empty())).isEqualTo(Comparison.OVERLOADED);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(hasher.compare(PASSWORD, Optional.empty())).isEqualTo(Comparison.MISMATCH);
  }

  @Test
  void keepsNoPlaceForWhateverFails() {
    PasswordHasher hasher =
        hasher(
            new HashingLimits(1, 1),
            (password, salt, parameters, tagLength) -> {
              throw new IllegalStateException("out of order");
            });

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> compare(hasher, "any")).hasMessage("out of order");
    }
  }

  private static PasswordHasher hasher(HashingLimits limits, RawHash rawHash) {
    return new Argon2idPasswordHasher(Argon2Parameters.DEFAULT, limits, new SecureRandom(), rawHash);
  }

  private static void compare(PasswordHasher hasher, String text) {
    assertThat(hasher.compare(new Password(text), Optional.empty())).isEqualTo(Comparison.MISMATCH);
  }

  private byte[] blocked(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    computed.add(new String(password, UTF_8));
    mostComputing.accumulateAndGet(computing.incrementAndGet(), Math::max);
    entered.release();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      computing.decrementAndGet();
    }
    return quick(password, salt, parameters, tagLength);
  }

  private static byte[] quick(byte[] password, byte[] salt, Argon2Parameters parameters, int tagLength) {
    return new byte[tagLength];
  }

  private CompletionService<Comparison> callersOf(PasswordHasher hasher, int count) {
    CompletionService<Comparison> callers = new ExecutorCompletionService<>(threads);
    for (int i = 0; i < count; i++) {
      var _ = callers.submit(() -> hasher.compare(PASSWORD, Optional.empty()));
    }
    return callers;
  }

  private static List<Comparison> take(CompletionService<Comparison> callers, int count) throws Exception {
    List<Comparison> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      results.add(callers.take().get());
    }
    return results;
  }

  /** Until the thread stands in the queue: there is nothing else that it could wait for. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
