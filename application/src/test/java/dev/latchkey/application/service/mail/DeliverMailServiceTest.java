package dev.latchkey.application.service.mail;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static dev.latchkey.testkit.UserMother.aUser;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.ResetPassword;
import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.application.port.in.mail.DeliverMail;
import dev.latchkey.application.port.in.mail.DeliverMail.Result;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.application.port.out.mail.Mailer;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.Race;
import dev.latchkey.testkit.SequentialIdentifiers;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliverMailServiceTest {

  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final EmailAddress ADDRESS = EmailAddress.of("ada@example.org");
  private static final Result NOT_SENT = new Result.NotSent("no mail can be sent in this test");

  private final Stores stores = Stores.inMemory();
  private final TestApplication latchkey = TestApplication.on(stores);
  private final AccountLife life = latchkey.accountLife();
  private final User ada = aUser().withUsername("ada").withEmail("Ada@example.org").build();
  private final Register register = latchkey.registerWithVerification();
  private final SequentialIdentifiers identifiers = new SequentialIdentifiers(9000);
  private final Instant start = latchkey.clock().instant();

  @Test
  void thereMayBeNothingToDo() {
    assertThat(deliver()).isEqualTo(new Result.NothingDue());
  }

  @Test
  void sendsAMailOnce() {
    write(MailKind.ACCOUNT_DELETED, ADDRESS);

    assertThat(deliver()).isEqualTo(new Result.Sent());

    assertThat(life.mails().all()).hasSize(1);
    assertThat(stores.outbox().oldest()).isEmpty();
    latchkey.clock().advance(A_DAY);
    assertThat(deliver()).isEqualTo(new Result.NothingDue());
  }

  @Test
  void sendsWhatHasBeenDueForLongest() {
    write(MailKind.ACCOUNT_DELETED, ADDRESS);
    latchkey.clock().advance(Duration.ofSeconds(1));
    write(MailKind.ACCOUNT_CLOSED, ADDRESS);

    assertThat(deliver()).isEqualTo(new Result.Sent());
    assertThat(life.mails().last().kind()).isEqualTo(MailKind.ACCOUNT_DELETED);
    assertThat(deliver()).isEqualTo(new Result.Sent());
    assertThat(life.mails().last().kind()).isEqualTo(MailKind.ACCOUNT_CLOSED);
  }

  @Test
  void sendsWhatIsWrittenDown() {
    MailId id = write(MailKind.ACCOUNT_DELETED, ADDRESS);

    assertThat(deliver()).isEqualTo(new Result.Sent());

    assertThat(life.mails().last())
        .isEqualTo(
            new Mail(id, MailKind.ACCOUNT_DELETED, ADDRESS, detailsOf(MailKind.ACCOUNT_DELETED)));
  }

  @Test
  void whatCannotBeSentIsTriedAgainAfterPausesThatDouble() {
    life.mails().fail();
    write(MailKind.ACCOUNT_DELETED, ADDRESS);

    for (long seconds : List.of(10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L, 900L)) {
      assertThat(deliver()).isEqualTo(NOT_SENT);
      latchkey.clock().advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(deliver()).as("before %s seconds", seconds).isEqualTo(new Result.NothingDue());
      latchkey.clock().advance(Duration.ofNanos(1));
    }

    life.mails().recover();
    assertThat(deliver()).isEqualTo(new Result.Sent());
    assertThat(life.mails().all()).hasSize(1);
  }

  @Test
  void whatCannotBeSentForADayIsGivenUp() {
    ada();
    life.mails().fail();
    write(MailKind.PASSWORD_CHANGED, ADDRESS, ada.id());
    Duration quarter = Duration.ofMinutes(15);
    int attempts = 0;
    while (latchkey.clock().instant().isBefore(start.plus(A_DAY))) {
      assertThat(deliver()).isEqualTo(NOT_SENT);
      latchkey.clock().advance(quarter);
      attempts++;
    }
    life.mails().recover();

    assertThat(deliver()).isEqualTo(new Result.GivenUp());

    assertThat(attempts).isEqualTo(96);
    assertThat(life.mails().all()).isEmpty();
    assertThat(stores.outbox().oldest()).isEmpty();
    assertThat(latchkey.events().all())
        .containsExactly(
            new SecurityEvent.MailGivenUp(
                MailKind.PASSWORD_CHANGED, Optional.of(ada.id()), start.plus(A_DAY)));
  }

  @Test
  void isTriedUntilTheDayIsOver() {
    life.mails().fail();
    write(MailKind.ACCOUNT_DELETED, ADDRESS);
    assertThat(deliver()).isEqualTo(NOT_SENT);
    latchkey.clock().advance(A_DAY.minusNanos(1));
    life.mails().recover();

    assertThat(deliver()).isEqualTo(new Result.Sent());
  }

  @Test
  void whatWasNeverTriedIsTriedHoweverLateAndThenGivenUp() {
    write(MailKind.ACCOUNT_DELETED, ADDRESS);
    life.mails().fail();
    latchkey.clock().advance(Duration.ofDays(30));

    assertThat(deliver()).isEqualTo(NOT_SENT);
    latchkey.clock().advance(Duration.ofSeconds(10));
    assertThat(deliver()).isEqualTo(new Result.GivenUp());

    assertThat(latchkey.events().last())
        .isEqualTo(
            new SecurityEvent.MailGivenUp(
                MailKind.ACCOUNT_DELETED, Optional.empty(), latchkey.clock().instant()));
  }

  @Test
  void aCrashAfterSendingCostsADuplicateThatCanBeToldByItsId() {
    ada();
    write(MailKind.PASSWORD_RESET, ADDRESS);
    DeliverMail broken = deliverMail(new OutboxThatFailsToRemove(stores.outbox()), life.mails());

    assertThatThrownBy(broken::execute).isInstanceOf(StorageUnavailableException.class);
    latchkey.clock().advance(LEASE.minusNanos(1));
    assertThat(deliver()).isEqualTo(new Result.NothingDue());
    latchkey.clock().advance(Duration.ofNanos(1));
    assertThat(deliver()).isEqualTo(new Result.Sent());
    assertThat(deliver()).isEqualTo(new Result.NothingDue());

    List<Mail> mails = life.mails().all();
    assertThat(mails).hasSize(2);
    assertThat(mails.get(0).id()).isEqualTo(mails.get(1).id());
  }

  @Test
  void aCrashBeforeSendingLosesNothing() {
    write(MailKind.ACCOUNT_DELETED, ADDRESS);
    assertThat(stores.outbox().claim(start, start.plus(LEASE))).isPresent();
    latchkey.clock().advance(LEASE);

    assertThat(deliver()).isEqualTo(new Result.Sent());
  }

  @Test
  void nobodyElseSendsAMailWhileItIsSent() {
    write(MailKind.ACCOUNT_DELETED, ADDRESS);
    List<Result> meanwhile = new ArrayList<>();
    Mailer slow = _ -> meanwhile.add(deliver());

    assertThat(deliverMail(stores.outbox(), slow).execute()).isEqualTo(new Result.Sent());

    assertThat(meanwhile).containsExactly(new Result.NothingDue());
  }

  @Test
  void manyWhoDeliverAtOnceSendEachMailOnce() {
    List<MailId> written =
        Stream.generate(() -> write(MailKind.ACCOUNT_DELETED, ADDRESS)).limit(40).toList();

    var _ =
        Race.run(
            8,
            _ -> {
              life.deliverDue();
              return true;
            });

    assertThat(life.mails().all())
        .extracting(Mail::id)
        .containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void eachAttemptMailsACodeOfItsOwnAndAllOfThemWork() {
    ada();
    write(MailKind.PASSWORD_RESET, ADDRESS);
    List<Mail> lost = new ArrayList<>();
    Mailer unsure =
        mail -> {
          lost.add(mail);
          throw new MailNotSentException("perhaps", new IOException("connection reset"));
        };
    assertThat(deliverMail(stores.outbox(), unsure).execute())
        .isEqualTo(new Result.NotSent("perhaps"));
    latchkey.clock().advance(Duration.ofSeconds(10));
    assertThat(deliver()).isEqualTo(new Result.Sent());

    Code first = codeIn(lost.getFirst());
    Code second = codeIn(life.mails().last());
    assertThat(first.hash()).isNotEqualTo(second.hash());
    assertThat(stores.mailedCodes().find(second.hash())).isPresent();
    assertThat(reset(first)).isEqualTo(new ResetPassword.Result.Reset());
  }

  @Test
  void noCodeIsStoredInClear() {
    ada();
    write(MailKind.PASSWORD_RESET, ADDRESS);
    List<Mail> lost = new ArrayList<>();
    Mailer failing =
        mail -> {
          lost.add(mail);
          throw new MailNotSentException("no", new IOException("no"));
        };
    assertThat(deliverMail(stores.outbox(), failing).execute()).isInstanceOf(Result.NotSent.class);

    Code code = codeIn(lost.getFirst());
    OutboxMail waiting =
        stores.outbox().claim(start.plusSeconds(10), start.plusSeconds(11)).orElseThrow();
    assertThat(waiting.details()).isEmpty();
    assertThat(latchkey.contents().toString())
        .contains(code.hash().toString())
        .doesNotContain(code.reveal())
        .doesNotContain(code.reveal().replace("-", ""));
  }

  @ParameterizedTest
  @EnumSource(
      value = MailKind.class,
      names = {"PASSWORD_RESET", "EMAIL_VERIFICATION"})
  void nobodyGetsACodeForAnAddressThatNobodyHas(MailKind kind) {
    ada();
    write(kind, EmailAddress.of("nobody@example.org"));

    assertDropped();
  }

  @ParameterizedTest
  @EnumSource(
      value = MailKind.class,
      names = {"PASSWORD_RESET", "EMAIL_VERIFICATION", "EMAIL_CHANGE"})
  void aDisabledUserGetsNoCode(MailKind kind) {
    ada();
    stores.users().changeStatus(ada.id(), UserStatus.DISABLED);
    write(kind, ADDRESS, ada.id());

    assertDropped();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMailWithoutItsUserIsDropped(boolean wasOne) {
    ada();
    write(MailKind.EMAIL_CHANGE, EmailAddress.of("new@example.org"), wasOne ? ada.id() : null);
    stores.users().delete(ada.id(), start);

    assertDropped();
  }

  @Test
  void anAddressThatIsVerifiedIsNotVerifiedAgain() {
    ada();
    write(MailKind.EMAIL_VERIFICATION, ADDRESS);
    stores.users().verifyEmail(ada.id(), ADDRESS, start);

    assertDropped();
  }

  @Test
  void anAccountThatHasBeenOpenedIsNotOpenedAgain() {
    User waiting = registered("ada", "ada@example.org");
    life.deliverDue();
    assertThat(life.mails().all()).hasSize(1);
    write(MailKind.REGISTRATION, ADDRESS, waiting.id());
    assertThat(stores.registrations().take(waiting.id())).isPresent();

    assertThat(deliver()).isEqualTo(new Result.Dropped());

    assertThat(life.mails().all()).hasSize(1);
  }

  @Test
  void aRegistrationWithoutARegistrationIsDropped() {
    write(MailKind.REGISTRATION, ADDRESS, null);

    assertDropped();
  }

  @Test
  void aRegistrationThatHasExpiredIsDropped() {
    registered("ada", "ada@example.org");
    latchkey.clock().advance(A_DAY);

    assertDropped();
  }

  /** Otherwise the mail would promise more than there is. */
  @Test
  void aCodeThatOpensAnAccountIsGoodForAsLongAsTheRegistration() {
    registered("ada", "ada@example.org");
    latchkey.clock().advance(A_DAY.minusMinutes(1));
    write(MailKind.EMAIL_VERIFICATION, ADDRESS);
    life.deliverDue();

    assertThat(life.mails().all())
        .hasSize(2)
        .extracting(mail -> mail.values().get(MailField.EXPIRES_AT))
        .containsOnly("2026-01-02 00:00 UTC");
    Code code = codeIn(life.mails().last());
    latchkey.clock().advance(Duration.ofMinutes(1));
    assertThat(verify(code)).isEqualTo(new VerifyEmail.Result.InvalidCode());
  }

  @Test
  void nobodyIsMadeToOpenTheRegistrationOfAStranger() {
    registered("first", "ada@example.org");
    registered("second", "ada@example.org");
    life.deliverDue();
    write(MailKind.EMAIL_VERIFICATION, ADDRESS);

    assertThat(deliver()).isEqualTo(new Result.Dropped());
  }

  /** In another case it may be the mailbox of somebody else. */
  @ParameterizedTest
  @EnumSource(
      value = MailKind.class,
      names = {"PASSWORD_RESET", "EMAIL_VERIFICATION"})
  void codesGoToTheAddressAsTheUserWroteIt(MailKind kind) {
    ada();
    write(kind, EmailAddress.of("aDA@example.org"));

    assertThat(deliver()).isEqualTo(new Result.Sent());

    Mail mail = life.mails().last();
    assertThat(mail.to()).hasToString("Ada@example.org");
    assertThat(stores.mailedCodes().find(codeIn(mail).hash()).orElseThrow().email().text())
        .isEqualTo("Ada@example.org");
  }

  @Test
  void anAccountIsOpenedWithTheAddressAsItWasWritten() {
    registered("ada", "Ada@example.org");
    life.deliverDue();
    write(MailKind.EMAIL_VERIFICATION, EmailAddress.of("aDA@example.org"));

    Mail mail = life.delivered(MailKind.EMAIL_VERIFICATION);
    assertThat(mail.to()).hasToString("Ada@example.org");
    assertThat(verify(codeIn(mail))).isEqualTo(new VerifyEmail.Result.Verified());

    assertThat(latchkey.user("ada").email()).hasToString("Ada@example.org");
  }

  private void ada() {
    assertThat(stores.users().add(ada)).isEqualTo(Addition.ADDED);
  }

  private User registered(String username, String email) {
    assertThat(
            register.execute(
                new Register.Command(
                    Username.of(username),
                    EmailAddress.of(email),
                    NewPassword.of(PASSWORD),
                    null,
                    null,
                    ClientId.FIRST_PARTY,
                    null,
                    DEVICE)))
        .isEqualTo(new Register.Result.VerificationRequired());
    return stores
        .registrations()
        .findByEmail(EmailAddress.of(email), latchkey.clock().instant())
        .getLast();
  }

  private MailId write(MailKind kind, EmailAddress to) {
    return write(kind, to, null);
  }

  private MailId write(MailKind kind, EmailAddress to, @Nullable UserId owner) {
    MailId id = identifiers.newMailId();
    Map<MailField, String> details =
        kind.fields().contains(MailField.CODE) ? Map.of() : detailsOf(kind);
    stores
        .outbox()
        .add(new OutboxMail(id, kind, to, owner, details, latchkey.clock().instant(), 0));
    return id;
  }

  private static Map<MailField, String> detailsOf(MailKind kind) {
    return kind.fields().stream().collect(toUnmodifiableMap(field -> field, Enum::name));
  }

  private Result deliver() {
    return life.deliverMail().execute();
  }

  private void assertDropped() {
    assertThat(deliver()).isEqualTo(new Result.Dropped());
    assertThat(life.mails().all()).isEmpty();
    assertThat(stores.outbox().oldest()).isEmpty();
    assertThat(latchkey.contents().toString()).doesNotContain("MailedCode[");
  }

  private DeliverMail deliverMail(Outbox outbox, Mailer mailer) {
    return new DeliverMailService(
        stores.transactions(),
        outbox,
        mailer,
        stores.users(),
        stores.registrations(),
        stores.mailedCodes(),
        new SequentialIdentifiers(5000),
        latchkey.events(),
        latchkey.clock());
  }

  private static Code codeIn(Mail mail) {
    return Code.parse(Objects.requireNonNull(mail.values().get(MailField.CODE))).orElseThrow();
  }

  private ResetPassword.Result reset(Code code) {
    return life.resetPassword()
        .execute(
            new ResetPassword.Command(
                Optional.of(code), NewPassword.of("another horse, another staple"), DEVICE));
  }

  private VerifyEmail.Result verify(Code code) {
    return life.verifyEmail().execute(new VerifyEmail.Command(Optional.of(code), DEVICE));
  }

  /** The store is gone at the worst moment. */
  private record OutboxThatFailsToRemove(Outbox outbox) implements Outbox {

    @Override
    public void add(OutboxMail mail) {
      outbox.add(mail);
    }

    @Override
    public Optional<OutboxMail> claim(Instant now, Instant until) {
      return outbox.claim(now, until);
    }

    @Override
    public void postpone(MailId id, Instant until) {
      outbox.postpone(id, until);
    }

    @Override
    public boolean remove(MailId id) {
      throw new StorageUnavailableException(new IOException("connection refused"));
    }

    @Override
    public void removeOf(UserId owner) {
      outbox.removeOf(owner);
    }

    @Override
    public void removeOf(UserId owner, MailKind kind) {
      outbox.removeOf(owner, kind);
    }

    @Override
    public Optional<Instant> oldest() {
      return outbox.oldest();
    }

    @Override
    public int waiting() {
      return outbox.waiting();
    }
  }
}
