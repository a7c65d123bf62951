package dev.latchkey.testkit;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link Outbox} keeps to. */
public abstract class OutboxContract {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00.001Z");
  private static final Instant UNTIL = START.plus(Duration.ofMinutes(5));
  private static final Duration TICK = Duration.ofMillis(1);
  private static final UserId ADA = new UserId(new UUID(0, 1));
  private static final UserId GRACE = new UserId(new UUID(0, 2));

  private Stores stores;
  private Outbox outbox;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void open() {
    stores = emptyStores();
    outbox = stores.outbox();
  }

  @ParameterizedTest
  @EnumSource
  void givesBackEveryField(MailKind kind) {
    var mail =
        new OutboxMail(
            new MailId(UUID.randomUUID()),
            kind,
            EmailAddress.of("Ada@Example.ORG"),
            ADA,
            Arrays.stream(MailField.values())
                .collect(toMap(field -> field, field -> "{\"a\",\\\n'ü🦆} NULL " + field)),
            START,
            7);
    outbox.add(mail);

    Optional<OutboxMail> claimed = outbox.claim(START, UNTIL);

    assertThat(claimed).contains(withAttempts(mail, 8));
    assertThat(claimed.map(OutboxMail::to)).map(EmailAddress::toString).contains("Ada@Example.ORG");
  }

  @Test
  void givesBackWhatIsAbsentAndWhatIsEmpty() {
    OutboxMail bare = added(mail(null, START, Map.of()));

    assertThat(outbox.claim(START, UNTIL)).contains(withAttempts(bare, 1));

    OutboxMail empty =
        added(mail(null, START, Map.of(MailField.USER_AGENT, "", MailField.ADDRESS, "NULL")));

    assertThat(outbox.claim(START, UNTIL)).contains(withAttempts(empty, 1));
  }

  @Test
  void hasNothingToClaimIfNothingIsDue() {
    assertThat(outbox.claim(START, UNTIL)).isEmpty();
  }

  @Test
  void givesWhatHasBeenDueForLongestFirst() {
    OutboxMail second = added(mail(START.plus(TICK)));
    OutboxMail first = added(mail(START));
    OutboxMail third = added(mail(START.plus(TICK).plus(TICK)));
    outbox.postpone(third.id(), START.plusSeconds(1));

    assertThat(claimedIds(START.plusSeconds(1)))
        .containsExactly(first.id(), second.id(), third.id());
  }

  @Test
  void givesAMailToNobodyElseBeforeTheTimeAndThenAgain() {
    OutboxMail mail = added(mail(START));

    assertThat(outbox.claim(START, UNTIL)).contains(withAttempts(mail, 1));

    assertThat(outbox.claim(UNTIL.minus(TICK), UNTIL.plus(TICK))).isEmpty();
    assertThat(outbox.claim(UNTIL, UNTIL.plus(TICK))).contains(withAttempts(mail, 2));
    assertThat(outbox.claim(UNTIL, UNTIL.plus(TICK))).isEmpty();
  }

  @Test
  void givesEachOfManyAtOnceAnotherMail() {
    List<MailId> mails =
        Stream.generate(() -> added(mail(START)).id()).limit(Race.CONTESTANTS).toList();

    List<Optional<OutboxMail>> claimed = Race.run(_ -> outbox.claim(START, UNTIL));

    assertThat(claimed)
        .extracting(mail -> mail.orElseThrow().id())
        .containsExactlyInAnyOrderElementsOf(mails);
    assertThat(claimed).allSatisfy(mail -> assertThat(mail.orElseThrow().attempts()).isOne());
  }

  @Test
  void givesAMailToOneOfManyAtOnce() {
    OutboxMail mail = added(mail(START));

    assertThat(Race.run(_ -> outbox.claim(START, UNTIL)))
        .containsOnlyOnce(Optional.of(withAttempts(mail, 1)))
        .containsOnly(Optional.of(withAttempts(mail, 1)), Optional.empty());
  }

  /** The one who claims another is not kept waiting either. */
  @Test
  void givesAnotherMailWhileAClaimIsNotCommitted() {
    OutboxMail first = added(mail(START));
    OutboxMail second = added(mail(START.plus(TICK)));

    List<Optional<OutboxMail>> others =
        stores
            .transactions()
            .execute(
                () -> {
                  assertThat(outbox.claim(UNTIL, UNTIL.plus(TICK)))
                      .contains(withAttempts(first, 1));
                  return List.of(claimedByAnother(), claimedByAnother());
                });

    assertThat(others).containsExactly(Optional.of(withAttempts(second, 1)), Optional.empty());
  }

  private Optional<OutboxMail> claimedByAnother() {
    return CompletableFuture.supplyAsync(() -> outbox.claim(UNTIL, UNTIL.plus(TICK))).join();
  }

  @Test
  void givesAMailAgainIfWhoClaimedItFails() {
    OutboxMail mail = added(mail(START));

    rolledBack(() -> assertThat(outbox.claim(START, UNTIL)).isPresent());

    assertThat(outbox.claim(START, UNTIL)).contains(withAttempts(mail, 1));
  }

  @Test
  void hasNoMailOfATransactionThatFails() {
    rolledBack(() -> outbox.add(mail(START)));

    assertThat(outbox.claim(UNTIL, UNTIL.plus(TICK))).isEmpty();
    assertThat(outbox.oldest()).isEmpty();
  }

  @Test
  void givesAMailThatWasPostponedWhenItIsDue() {
    OutboxMail mail = added(mail(START));
    OutboxMail other = added(mail(START));

    outbox.postpone(mail.id(), UNTIL);

    assertThat(claimedIds(UNTIL.minus(TICK))).containsExactly(other.id());
    outbox.remove(other.id());
    assertThat(outbox.claim(UNTIL, UNTIL.plus(TICK))).contains(withAttempts(mail, 1));
  }

  @Test
  void doesNotBringBackWhatIsGoneByPostponingIt() {
    OutboxMail mail = added(mail(START));
    outbox.remove(mail.id());

    outbox.postpone(mail.id(), START);

    assertThat(outbox.claim(UNTIL, UNTIL.plus(TICK))).isEmpty();
  }

  @Test
  void removesOneMailOnce() {
    OutboxMail mail = added(mail(START));
    OutboxMail other = added(mail(START));

    assertThat(outbox.remove(mail.id())).isTrue();
    assertThat(outbox.remove(mail.id())).isFalse();

    assertThat(claimedIds(UNTIL)).containsExactly(other.id());
  }

  @Test
  void removesAllThatIsAboutAUser() {
    added(mail(ADA, START, Map.of()));
    added(mail(ADA, START.plus(TICK), Map.of()));
    OutboxMail ofGrace = added(mail(GRACE, START, Map.of()));
    OutboxMail ofNobody = added(mail(null, START, Map.of()));

    outbox.removeOf(ADA);

    assertThat(claimedIds(UNTIL)).containsExactlyInAnyOrder(ofGrace.id(), ofNobody.id());
  }

  @Test
  void deletesTheMailsOfOneKindThatAreAboutAUser() {
    added(mail(ADA, START, Map.of()));
    OutboxMail ofGrace = added(mail(GRACE, START, Map.of()));

    outbox.removeOf(ADA, MailKind.EMAIL_CHANGE);
    assertThat(claimedIds(START)).hasSize(2);

    outbox.removeOf(ADA, MailKind.NEW_DEVICE);
    assertThat(claimedIds(UNTIL)).containsExactly(ofGrace.id());
  }

  @Test
  void knowsWhenTheOldestOfThoseThatWaitWasWritten() {
    assertThat(outbox.oldest()).isEmpty();
    added(mail(START.plus(TICK)));
    OutboxMail oldest = added(mail(START));
    assertThat(outbox.claim(START, UNTIL)).isPresent();

    assertThat(outbox.oldest()).contains(START);

    outbox.remove(oldest.id());
    assertThat(outbox.oldest()).contains(START.plus(TICK));
  }

  @Test
  void knowsHowManyWait() {
    assertThat(outbox.waiting()).isZero();
    OutboxMail first = added(mail(START));
    added(mail(START.plus(TICK)));
    assertThat(outbox.claim(START, UNTIL)).isPresent();

    assertThat(outbox.waiting()).isEqualTo(2);

    outbox.remove(first.id());
    assertThat(outbox.waiting()).isEqualTo(1);
  }

  /** All that are due at that time, each once. */
  private List<MailId> claimedIds(Instant now) {
    return Stream.generate(() -> outbox.claim(now, now.plus(TICK)))
        .takeWhile(Optional::isPresent)
        .map(mail -> mail.orElseThrow().id())
        .toList();
  }

  private OutboxMail added(OutboxMail mail) {
    outbox.add(mail);
    return mail;
  }

  private static OutboxMail mail(Instant writtenAt) {
    return mail(ADA, writtenAt, Map.of());
  }

  private static OutboxMail mail(
      @Nullable UserId owner, Instant writtenAt, Map<MailField, String> details) {
    return new OutboxMail(
        new MailId(UUID.randomUUID()),
        MailKind.NEW_DEVICE,
        EmailAddress.of("ada@example.org"),
        owner,
        details,
        writtenAt,
        0);
  }

  private static OutboxMail withAttempts(OutboxMail mail, int attempts) {
    return new OutboxMail(
        mail.id(),
        mail.kind(),
        mail.to(),
        mail.owner(),
        mail.details(),
        mail.writtenAt(),
        attempts);
  }

  private void rolledBack(Runnable work) {
    assertThatThrownBy(
            () ->
                stores
                    .transactions()
                    .execute(
                        () -> {
                          work.run();
                          throw new IllegalStateException("rolled back");
                        }))
        .hasMessage("rolled back");
  }
}
