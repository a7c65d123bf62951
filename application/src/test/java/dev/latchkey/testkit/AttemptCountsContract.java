package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.attempt.AttemptCounts;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptCounts} keeps to. */
public abstract class AttemptCountsContract {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final AttemptKey ONE = AttemptKey.network(ClientNetwork.of("192.0.2.1"));
  private static final AttemptKey OTHER = AttemptKey.network(ClientNetwork.of("192.0.2.2"));

  private Stores stores;
  private AttemptCounts counts;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void open() {
    stores = emptyStores();
    counts = stores.attemptCounts();
  }

  @Test
  void hasNoCountOfWhatWasNeverTried() {
    assertThat(counts.find(List.of(ONE, OTHER))).isEmpty();
    assertThat(counts.find(List.of())).isEmpty();
  }

  @Test
  void findsWhatWasStoredUnderItsKey() {
    store(ONE, 1, START);
    store(OTHER, 7, START.plusSeconds(1));

    assertThat(counts.find(List.of(ONE, ONE)))
        .containsOnlyKeys(ONE)
        .containsValue(new AttemptCount(1, START));
    assertThat(counts.find(List.of(ONE, OTHER)))
        .containsEntry(OTHER, new AttemptCount(7, START.plusSeconds(1)))
        .hasSize(2);
  }

  @Test
  void replacesTheCountThatIsExpectedAndNoOther() {
    var first = new AttemptCount(1, START);
    var second = new AttemptCount(2, START);
    var third = new AttemptCount(3, START);

    assertThat(counts.replace(ONE, Optional.of(first), second)).isFalse();
    assertThat(counts.replace(ONE, Optional.empty(), first)).isTrue();
    assertThat(counts.replace(ONE, Optional.empty(), second)).isFalse();
    assertThat(counts.replace(ONE, Optional.of(first), second)).isTrue();
    assertThat(counts.replace(ONE, Optional.of(first), third)).isFalse();

    assertThat(counts.find(List.of(ONE))).containsEntry(ONE, second);
  }

  @Test
  void tellsCountsOfDifferentTimesApart() {
    store(ONE, 1, START);

    assertThat(
            counts.replace(
                ONE,
                Optional.of(new AttemptCount(1, START.plusMillis(1))),
                new AttemptCount(2, START)))
        .isFalse();
  }

  @Test
  void losesNoneOfManyAtOnce() {
    Race.run(_ -> increment());

    assertThat(counts.find(List.of(ONE)))
        .containsEntry(ONE, new AttemptCount(Race.CONTESTANTS, START));
  }

  private boolean increment() {
    while (!stores.transactions().execute(this::incrementOnce)) {}
    return true;
  }

  private boolean incrementOnce() {
    Optional<AttemptCount> found = Optional.ofNullable(counts.find(List.of(ONE)).get(ONE));
    return counts.replace(
        ONE, found, new AttemptCount(found.map(AttemptCount::count).orElse(0) + 1, START));
  }

  @Test
  void forgetsWhatIsCleared() {
    store(ONE, 1, START);
    store(OTHER, 1, START);

    counts.clear(List.of(ONE));

    assertThat(counts.find(List.of(ONE, OTHER))).containsOnlyKeys(OTHER);
  }

  @Test
  void isPartOfTheTransaction() {
    assertThatThrownBy(
            () ->
                stores
                    .transactions()
                    .execute(
                        () -> {
                          store(ONE, 1, START);
                          throw new IllegalStateException("rolled back");
                        }))
        .hasMessage("rolled back");

    assertThat(counts.find(List.of(ONE))).isEmpty();
  }

  @Test
  void deletesWhatIsOldAndKeepsWhatClosesAnAccount() {
    AttemptKey open = AttemptKey.account(new UserId(new UUID(0, 1)));
    AttemptKey closed = AttemptKey.account(new UserId(new UUID(0, 2)));
    store(open, 99, START);
    store(closed, 100, START);
    store(ONE, 1, START.plusMillis(1));

    assertThat(counts.deleteUnchangedSince(START.plusMillis(1), 100, 10)).isEqualTo(1);

    assertThat(counts.find(List.of(open, closed, ONE))).containsOnlyKeys(closed, ONE);
  }

  @Test
  void deletesWhatIsOldAndClosesNoAccountHoweverHighItIs() {
    var login = new UUID(0, 1);
    var keys =
        List.of(
            AttemptKey.login(login),
            AttemptKey.loginFrom(login, ClientNetwork.UNKNOWN),
            AttemptKey.device(new SessionId(login)),
            AttemptKey.network(ClientNetwork.UNKNOWN),
            AttemptKey.registration(ClientNetwork.UNKNOWN),
            AttemptKey.mailTo(login),
            AttemptKey.mailFrom(ClientNetwork.UNKNOWN));
    keys.forEach(key -> store(key, 100_000, START));

    assertThat(counts.deleteUnchangedSince(START.plusMillis(1), 100, 10)).isEqualTo(keys.size());

    assertThat(counts.find(keys)).isEmpty();
  }

  @Test
  void deletesNoMoreThanAskedFor() {
    store(ONE, 1, START);
    store(OTHER, 1, START);

    assertThat(counts.deleteUnchangedSince(START.plusSeconds(1), 100, 1)).isEqualTo(1);
    assertThat(counts.deleteUnchangedSince(START.plusSeconds(1), 100, 1)).isEqualTo(1);
    assertThat(counts.deleteUnchangedSince(START.plusSeconds(1), 100, 1)).isZero();
  }

  private void store(AttemptKey key, int count, Instant lastAt) {
    assertThat(counts.replace(key, Optional.empty(), new AttemptCount(count, lastAt))).isTrue();
  }
}
