package dev.latchkey.domain.key;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.frequency;
import static org.quicktheories.generators.Generate.pick;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.quicktheories.api.Pair;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.SourceDSL;

/**
 * Whenever keys are added, by schedule, on command or for another algorithm: no token is ever
 * without its key.
 */
final class SigningKeyLifeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Duration LIFETIME = Duration.ofMinutes(20);
  private static final Duration INTERVAL = Duration.ofHours(1);

  /** A story has many moments to look at, so there are fewer stories than usual. */
  private static final int STORIES = 500;

  /** How much longer resource servers may accept a token. */
  private static final Duration LEEWAY = Duration.ofMinutes(1);

  /** The oldest reading that a node may go by, and none so old. */
  private static final List<Duration> READING_AGES =
      List.of(Duration.ZERO, SigningKeyPolicy.MAX_READING_AGE);

  @Test
  void oneKeySignsAndAtMostOneIsPendingAtAnyTime() {
    var storiesWithManyKeys = new AtomicInteger();

    qt().withExamples(STORIES)
        .forAll(stories())
        .as(SigningKeyLifeTest::keysAfter)
        .checkAssert(
            keys -> {
              assertOneSignsAndAtMostOneIsPending(keys);
              storiesWithManyKeys.addAndGet(keys.size() > 3 ? 1 : 0);
            });

    assertThat(storiesWithManyKeys).hasValueGreaterThan(100);
  }

  private static void assertOneSignsAndAtMostOneIsPending(List<SigningKey> keys) {
    for (Instant now : momentsOf(keys)) {
      SigningKeySchedule schedule = knownAt(now, keys);
      List<SigningKeyState> states =
          schedule.keys().stream().map(key -> schedule.stateOf(key, now)).toList();

      assertThat(states)
          .containsOnlyOnce(SigningKeyState.ACTIVE)
          .isSortedAccordingTo((a, b) -> b.compareTo(a));
      assertThat(states).filteredOn(SigningKeyState.PENDING::equals).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void everyNodePublishesAKeyTwiceTheMaxAgeBeforeAnySignsWithIt() {
    qt().withExamples(STORIES)
        .forAll(stories())
        .as(SigningKeyLifeTest::keysAfter)
        .checkAssert(SigningKeyLifeTest::assertPublishedBeforeAnySigns);
  }

  private static void assertPublishedBeforeAnySigns(List<SigningKey> keys) {
    for (SigningKey key : keys.subList(1, keys.size())) {
      Instant latestReading =
          key.signsFrom().minus(MAX_AGE.multipliedBy(2)).minus(SigningKeyPolicy.MAX_READING_AGE);

      assertThat(knownAt(latestReading, keys).keys()).contains(key);
      assertThat(knownAt(latestReading, keys).published(key.createdAt())).contains(key);
      for (Instant now : momentsOf(keys)) {
        boolean signs = knownAt(now, keys).active(now).filter(key::equals).isPresent();
        assertThat(signs && now.isBefore(key.signsFrom())).isFalse();
      }
    }
  }

  @Test
  void aKeyIsPublishedForAsLongAsAnyTokenOfItIsValid() {
    qt().withExamples(STORIES)
        .forAll(stories())
        .as(SigningKeyLifeTest::keysAfter)
        .checkAssert(SigningKeyLifeTest::assertPublishedAsLongAsItsTokensAreValid);
  }

  private static void assertPublishedAsLongAsItsTokensAreValid(List<SigningKey> keys) {
    NavigableSet<Instant> moments = momentsOf(keys);
    for (Instant signed : moments) {
      for (Duration age : READING_AGES) {
        Optional<SigningKey> signer = knownAt(signed.minus(age), keys).active(signed);
        if (signer.isPresent()) {
          Instant expired = signed.plus(LIFETIME).plus(LEEWAY);
          moments.subSet(signed, expired).forEach(now -> assertPublished(signer.get(), now, keys));
          assertPublished(signer.get(), expired, keys);
        }
      }
    }
  }

  private static void assertPublished(SigningKey key, Instant now, List<SigningKey> keys) {
    for (Duration age : READING_AGES) {
      SigningKeySchedule reading = knownAt(now.minus(age), keys);
      if (!reading.keys().isEmpty()) {
        assertThat(reading.published(now)).as("at %s by a reading %s old", now, age).contains(key);
      }
    }
  }

  @Test
  void aKeySignsForTheIntervalIfNothingElseHappens() {
    qt().forAll(SourceDSL.lists().of(pauses()).ofSizeBetween(0, 60))
        .as(
            pauses ->
                keysAfter(pauses.stream().map(pause -> new Step(pause, false, false)).toList()))
        .checkAssert(SigningKeyLifeTest::assertEachSignsForTheInterval);
  }

  private static void assertEachSignsForTheInterval(List<SigningKey> keys) {
    Instant expected = START;
    for (SigningKey key : keys) {
      assertThat(key.signsFrom()).isAfterOrEqualTo(expected);
      expected = key.signsFrom().plus(INTERVAL);
    }
  }

  /**
   * A node looks after the keys.
   *
   * @param pause before that
   * @param command whether somebody asks for a rotation
   * @param otherAlgorithm whether the setting has changed
   */
  record Step(Duration pause, boolean command, boolean otherAlgorithm) {}

  private static Gen<List<Step>> stories() {
    Gen<Boolean> rarely = frequency(Pair.of(3, constant(false)), Pair.of(1, constant(true)));
    return SourceDSL.lists().of(pauses().zip(rarely, rarely, Step::new)).ofSizeBetween(0, 30);
  }

  private static Gen<Duration> pauses() {
    return pick(
        List.of(
            Duration.ofMillis(1),
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(11).minusMillis(1),
            Duration.ofMinutes(11),
            Duration.ofMinutes(49),
            INTERVAL));
  }

  private static List<SigningKey> keysAfter(List<Step> story) {
    var keys = new ArrayList<SigningKey>();
    Instant now = START;
    SigningAlgorithm algorithm = SigningAlgorithm.ES256;
    look(keys, now, algorithm, false);
    for (Step step : story) {
      now = now.plus(step.pause());
      if (step.otherAlgorithm()) {
        algorithm = otherThan(algorithm);
      }
      look(keys, now, algorithm, step.command());
    }
    return keys;
  }

  private static SigningAlgorithm otherThan(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> SigningAlgorithm.RS256;
      case RS256 -> SigningAlgorithm.EDDSA;
      case EDDSA -> SigningAlgorithm.ES256;
    };
  }

  private static void look(
      List<SigningKey> keys, Instant now, SigningAlgorithm algorithm, boolean command) {
    var schedule = new SigningKeySchedule(keys);
    var policy = new SigningKeyPolicy(algorithm, INTERVAL, MAX_AGE, LIFETIME);
    (command ? schedule.nextOnCommand(now, policy) : schedule.nextOnSchedule(now, policy))
        .ifPresent(next -> keys.add(next.made("kid-" + next.number())));
  }

  /** When anything may change, and shortly before and after. */
  private static NavigableSet<Instant> momentsOf(List<SigningKey> keys) {
    return keys.stream()
        .flatMap(
            key -> {
              Instant end =
                  key.signsFrom().plus(LIFETIME).plus(SigningKeySchedule.RETIREMENT_MARGIN);
              return Stream.of(key.createdAt(), key.signsFrom(), end);
            })
        .flatMap(time -> Stream.of(time.minusMillis(1), time, time.plusSeconds(30)))
        .filter(time -> !time.isBefore(START))
        .collect(toCollection(TreeSet::new));
  }

  private static SigningKeySchedule knownAt(Instant time, List<SigningKey> keys) {
    return new SigningKeySchedule(
        keys.stream().filter(key -> !key.createdAt().isAfter(time)).toList());
  }
}
