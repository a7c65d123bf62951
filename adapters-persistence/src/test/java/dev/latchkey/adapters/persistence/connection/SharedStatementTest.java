package dev.latchkey.adapters.persistence.connection;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.StorageUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Each trip lasts until the test lets it return, so who waits for whom is not left to luck. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
final class SharedStatementTest {

  private static final Duration MAX_WAIT = Duration.ofSeconds(3);

  private final AtomicLong nanoTime = new AtomicLong();
  private final LinkedBlockingQueue<Trip> underWay = new LinkedBlockingQueue<>();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final SharedStatement<String, String> statement =
      new SharedStatement<>(this::travel, MAX_WAIT, nanoTime::get);

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  @Test
  void aCallerWhoFindsNobodySetsOffAlone() {
    CompletableFuture<String> answer = ask("a");

    Trip trip = departure();
    assertThat(trip.questions).containsExactly("a");
    trip.returns();
    assertThat(answer.join()).isEqualTo("answer to a");
  }

  @Test
  void thoseWhoComeMeanwhileGoTogether() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip alone = departure();
    List<CompletableFuture<String>> others = askWhileWaiting("b", "c", "d");

    alone.returns();
    Trip together = departure();

    assertThat(first.join()).isEqualTo("answer to a");
    assertThat(together.questions).containsExactly("b", "c", "d");
    together.returns();
    assertThat(others.stream().map(CompletableFuture::join))
        .containsExactly("answer to b", "answer to c", "answer to d");
  }

  @Test
  void tripsAndTheirCallersAreCounted() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip alone = departure();
    List<CompletableFuture<String>> others = askWhileWaiting("b", "c");
    assertThat(statement.load()).isEqualTo(new SharedStatementLoad(2, 1, 1, 0));

    nanoTime.addAndGet(MAX_WAIT.toNanos() + 1);
    CompletableFuture<String> inTime = ask("d");
    departure().returns();
    alone.returns();

    assertThat(first.join()).isEqualTo("answer to a");
    assertThat(inTime.join()).isEqualTo("answer to d");
    assertThat(others).allSatisfy(late -> assertThatThrownBy(late::join).isNotNull());
    assertThat(statement.load()).isEqualTo(new SharedStatementLoad(0, 2, 2, 2));
  }

  @Test
  void whoComesAfterAllHaveReturnedSetsOffAloneAgain() {
    CompletableFuture<String> first = ask("a");
    departure().returns();
    first.join();

    CompletableFuture<String> second = ask("b");
    Trip trip = departure();

    assertThat(trip.questions).containsExactly("b");
    trip.returns();
    assertThat(second.join()).isEqualTo("answer to b");
  }

  @Test
  void aGroupHasALargestSize() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip alone = departure();
    int tooMany = SharedStatement.LARGEST_GROUP + 1;
    List<CompletableFuture<String>> others =
        askWhileWaiting(
            IntStream.range(0, tooMany).mapToObj(Integer::toString).toArray(String[]::new));

    alone.returns();
    Trip full = departure();
    full.returns();
    Trip rest = departure();
    rest.returns();

    assertThat(full.questions).hasSize(SharedStatement.LARGEST_GROUP);
    assertThat(rest.questions).containsExactly(Integer.toString(tooMany - 1));
    assertThat(others).allSatisfy(answer -> assertThat(answer.join()).startsWith("answer to"));
    assertThat(first.join()).isEqualTo("answer to a");
  }

  @Test
  void anOutageIsToldToTheWholeGroupAndToNobodyElse() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip alone = departure();
    List<CompletableFuture<String>> group = askWhileWaiting("b", "c");
    alone.returns();
    Trip together = departure();
    List<CompletableFuture<String>> later = askWhileWaiting("d");

    together.fails(new StorageUnavailableException(new TimeoutException("no answer")));
    departure().returns();

    assertThat(first.join()).isEqualTo("answer to a");
    assertThat(group)
        .allSatisfy(answer -> assertThatThrownBy(answer::join).hasRootCauseMessage("no answer"));
    assertThat(later.getFirst().join()).isEqualTo("answer to d");
  }

  /** Say, a row that only a newer version of the service can read. */
  @Test
  void whatIsWrongWithOneDoesNotFailTheOthers() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip alone = departure();
    List<CompletableFuture<String>> group = askWhileWaiting("b", "wrong", "c");
    alone.returns();
    var failure = new IllegalStateException("cannot be read");

    departure().fails(failure);
    for (int again = 0; again < 3; again++) {
      Trip trip = departure();
      if (trip.questions.contains("wrong")) {
        trip.fails(failure);
      } else {
        trip.returns();
      }
    }

    assertThat(first.join()).isEqualTo("answer to a");
    assertThat(group.get(0).join()).isEqualTo("answer to b");
    assertThatThrownBy(group.get(1)::join).hasRootCauseMessage("cannot be read");
    assertThat(group.get(2).join()).isEqualTo("answer to c");
  }

  @Test
  void whoFailsAloneIsNotAskedAgain() {
    CompletableFuture<String> only = ask("a");

    departure().fails(new IllegalStateException("no such table"));

    assertThatThrownBy(only::join).hasRootCauseMessage("no such table");
    assertThat(underWay).isEmpty();
  }

  @Test
  void evenAnErrorLeavesNobodyWaiting() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip alone = departure();
    List<CompletableFuture<String>> group = askWhileWaiting("b", "c");
    alone.returns();
    departure().fails(new OutOfMemoryError("as if"));
    departure().returns();

    assertThat(first.join()).isEqualTo("answer to a");
    assertThatThrownBy(group.getFirst()::join).hasRootCauseMessage("as if");
    assertThat(group.getLast().join()).isEqualTo("answer to c");
    CompletableFuture<String> later = ask("d");
    departure().returns();
    assertThat(later.join()).isEqualTo("answer to d");
  }

  @Test
  void whoseTurnComesTooLateIsTurnedAwayAndTheOthersGo() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip hanging = departure();
    List<CompletableFuture<String>> late = askWhileWaiting("b");
    nanoTime.addAndGet(MAX_WAIT.toNanos() + 1);
    CompletableFuture<String> newcomer = ask("c");
    Trip next = departure();

    assertThat(next.questions).containsExactly("c");
    assertThatThrownBy(late.getFirst()::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StorageUnavailableException.class);
    next.returns();
    hanging.returns();
    assertThat(newcomer.join()).isEqualTo("answer to c");
    assertThat(first.join()).isEqualTo("answer to a");
  }

  @Test
  void aSlowTripDoesNotKeepOthersFromSettingOff() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip slow = departure();
    List<CompletableFuture<String>> waiting = askWhileWaiting("b");
    nanoTime.addAndGet(SharedStatement.SLOW.toNanos() + 1);

    CompletableFuture<String> newcomer = ask("c");
    Trip second = departure();

    assertThat(second.questions).containsExactly("b", "c");
    second.returns();
    assertThat(waiting.getFirst().join()).isEqualTo("answer to b");
    assertThat(newcomer.join()).isEqualTo("answer to c");
    slow.returns();
    assertThat(first.join()).isEqualTo("answer to a");
  }

  @Test
  void afterASlowTripOneIsUnderWayAtATimeAgain() throws Exception {
    CompletableFuture<String> first = ask("a");
    Trip slow = departure();
    nanoTime.addAndGet(SharedStatement.SLOW.toNanos() + 1);
    CompletableFuture<String> second = ask("b");
    Trip other = departure();
    slow.returns();
    other.returns();
    first.join();
    second.join();

    CompletableFuture<String> third = ask("c");
    Trip alone = departure();
    List<CompletableFuture<String>> rest = askWhileWaiting("d");
    assertThat(underWay).isEmpty();
    alone.returns();
    departure().returns();

    assertThat(third.join()).isEqualTo("answer to c");
    assertThat(rest.getFirst().join()).isEqualTo("answer to d");
  }

  @Test
  void aStatementThatAnswersTooFewFails() {
    var forgetful = new SharedStatement<String, String>(_ -> List.of(), MAX_WAIT);

    assertThatThrownBy(() -> forgetful.ask("a")).hasMessage("1 callers asked, and 0 were answered");
  }

  @Test
  void ofManyAtOnceEachGetsTheAnswerToItsOwnQuestion() {
    int many = 2000;
    var asked = new CopyOnWriteArrayList<Integer>();
    var doubled =
        new SharedStatement<Integer, Integer>(
            numbers -> {
              asked.addAll(numbers);
              return numbers.stream().map(number -> 2 * number).toList();
            },
            MAX_WAIT);
    var start = new CountDownLatch(1);
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, many)
            .mapToObj(
                number ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          await(start);
                          return doubled.ask(number);
                        },
                        callers))
            .toList();

    start.countDown();

    Set<Integer> all = IntStream.range(0, many).boxed().collect(toSet());
    for (int number : all) {
      assertThat(answers.get(number).join()).isEqualTo(2 * number);
    }
    assertThat(asked).hasSize(many).containsAll(all);
  }

  private CompletableFuture<String> ask(String question) {
    return CompletableFuture.supplyAsync(() -> statement.ask(question), callers);
  }

  /** Returns when all of them wait, in this order. */
  private List<CompletableFuture<String>> askWhileWaiting(String... questions) {
    var answers = new ArrayList<CompletableFuture<String>>();
    for (String question : questions) {
      int before = statement.waiting();
      answers.add(ask(question));
      while (statement.waiting() == before) {
        Thread.onSpinWait();
      }
    }
    return answers;
  }

  private Trip departure() {
    try {
      return underWay.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> travel(List<String> questions) {
    var trip = new Trip(questions);
    underWay.add(trip);
    return trip.travel();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Trip {

    private final List<String> questions;
    private final CompletableFuture<Supplier<List<String>>> end = new CompletableFuture<>();

    private Trip(List<String> questions) {
      this.questions = questions;
    }

    void returns() {
      end.complete(() -> questions.stream().map(question -> "answer to " + question).toList());
    }

    void fails(RuntimeException cause) {
      end.complete(
          () -> {
            throw cause;
          });
    }

    void fails(Error cause) {
      end.complete(
          () -> {
            throw cause;
          });
    }

    private List<String> travel() {
      return end.join().get();
    }
  }
}
