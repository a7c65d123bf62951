package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.RequestCode;
import dev.latchkey.application.port.in.account.RequestCode.Purpose;
import dev.latchkey.application.port.in.account.RequestCode.Result;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.mail.MailPolicy;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.FakeDigests;
import dev.latchkey.testkit.SequentialIdentifiers;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RequestCodeServiceTest {

  private static final EmailAddress ADA = EmailAddress.of("ada@example.org");
  private static final EmailAddress NOBODY = EmailAddress.of("nobody@example.org");

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final AccountLife life = latchkey.accountLife();
  private final Instant now = latchkey.clock().instant();

  @BeforeEach
  void register() {
    assertThat(latchkey.stores().users().add(aUser().build())).isEqualTo(Addition.ADDED);
  }

  @Test
  void mailsACodeThatVerifiesTheAddressForADay() {
    assertThat(request(Purpose.EMAIL_VERIFICATION, ADA)).isInstanceOf(Result.Accepted.class);

    assertThatItIsMailed(MailKind.EMAIL_VERIFICATION, "2026-01-02 00:00 UTC");
  }

  @Test
  void mailsACodeThatResetsThePasswordFor30Minutes() {
    assertThat(request(Purpose.PASSWORD_RESET, ADA)).isInstanceOf(Result.Accepted.class);

    assertThatItIsMailed(MailKind.PASSWORD_RESET, "2026-01-01 00:30 UTC");
  }

  private void assertThatItIsMailed(MailKind kind, String expiresAt) {
    Mail mail = life.delivered(kind);
    assertThat(mail.to()).isEqualTo(ADA);
    assertThat(mail.values())
        .containsOnlyKeys(MailField.USERNAME, MailField.CODE, MailField.EXPIRES_AT)
        .containsEntry(MailField.USERNAME, "ada")
        .containsEntry(MailField.EXPIRES_AT, expiresAt);
  }

  @ParameterizedTest
  @EnumSource
  void doesTheSameForEveryAddress(Purpose purpose) {
    assertThat(request(purpose, ADA)).isEqualTo(new Result.Accepted());
    OutboxMail known = latchkey.stores().outbox().claim(now, now.plusSeconds(1)).orElseThrow();
    assertThat(known).isEqualTo(waiting(purpose, known.id(), ADA));
    assertThat(countOf(ADA)).isEqualTo(new AttemptCount(1, now));
    assertThat(countOf(DEVICE)).isEqualTo(new AttemptCount(1, now));

    assertThat(request(purpose, NOBODY)).isEqualTo(new Result.Accepted());
    OutboxMail unknown = latchkey.stores().outbox().claim(now, now.plusSeconds(1)).orElseThrow();
    assertThat(unknown).isEqualTo(waiting(purpose, unknown.id(), NOBODY));
    assertThat(countOf(NOBODY)).isEqualTo(new AttemptCount(1, now));
    assertThat(countOf(DEVICE)).isEqualTo(new AttemptCount(2, now));
  }

  @ParameterizedTest
  @EnumSource
  void writesToOneAddressFourTimesAndThenOnlyOnceInAMinuteWithoutSayingSo(Purpose purpose) {
    for (int i = 0; i < 10; i++) {
      assertThat(request(purpose, ADA)).isEqualTo(new Result.Accepted());
    }
    assertThat(mailed(purpose)).isEqualTo(4);

    latchkey.clock().advance(Duration.ofMinutes(1));
    assertThat(request(purpose, EmailAddress.of("ADA@example.org")))
        .isEqualTo(new Result.Accepted());
    assertThat(request(purpose, ADA)).isEqualTo(new Result.Accepted());
    assertThat(mailed(purpose)).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void anAddressThatIsLeftInPeaceDoesNotKeepMailFromAnother(Purpose purpose) {
    var _ = latchkey.stores().users().add(aUser().withUsername("grace").build());
    for (int i = 0; i < 5; i++) {
      assertThat(request(purpose, ADA)).isEqualTo(new Result.Accepted());
    }
    assertThat(request(purpose, EmailAddress.of("grace@example.org")))
        .isEqualTo(new Result.Accepted());

    life.deliverDue();
    assertThat(life.mails().all())
        .extracting(mail -> mail.to().text())
        .contains("grace@example.org");
  }

  @ParameterizedTest
  @EnumSource
  void whoAsksTooOftenHasToWaitWhateverTheyAskFor(Purpose purpose) {
    for (int i = 0; i < 51; i++) {
      assertThat(request(purpose, EmailAddress.of("user" + i + "@example.org")))
          .isEqualTo(new Result.Accepted());
    }

    assertThat(request(purpose, ADA)).isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));
    assertThat(request(purpose, NOBODY))
        .isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));
    assertThat(mailed(purpose)).isZero();

    assertThat(request(purpose, ADA, new Device("198.51.100.1", null)))
        .isEqualTo(new Result.Accepted());
    latchkey.clock().advance(Duration.ofSeconds(1));
    assertThat(request(purpose, ADA)).isEqualTo(new Result.Accepted());
    assertThat(mailed(purpose)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void saysThatNoMailCanBeSentAndWritesNothing(Purpose purpose) {
    Stores stores = Stores.inMemory();
    TestApplication mute = TestApplication.on(stores);
    Object before = mute.contents();
    var codeMails =
        new CodeMails(
            new AttemptCounter(stores.attemptCounts()),
            new FakeDigests(),
            AttemptPolicy.DEFAULT,
            new MailWriter(stores.outbox(), new SequentialIdentifiers(), MailPolicy.OFF));
    var off = new RequestCodeService(stores.transactions(), codeMails, mute.clock());

    assertThat(off.execute(new RequestCode.Command(purpose, ADA, DEVICE)))
        .isEqualTo(new Result.MailOff());
    codeMails.send(kind(purpose), ADA, null, now);

    assertThat(mute.contents()).isEqualTo(before);
  }

  private long mailed(Purpose purpose) {
    return Collections.frequency(life.deliveredKinds(), kind(purpose));
  }

  private static MailKind kind(Purpose purpose) {
    return MailKind.valueOf(purpose.name());
  }

  private Result request(Purpose purpose, EmailAddress email) {
    return request(purpose, email, DEVICE);
  }

  private Result request(Purpose purpose, EmailAddress email, Device device) {
    return life.requestCode().execute(new RequestCode.Command(purpose, email, device));
  }

  private OutboxMail waiting(Purpose purpose, MailId id, EmailAddress to) {
    return new OutboxMail(id, kind(purpose), to, null, Map.of(), now, 1);
  }

  private AttemptCount countOf(EmailAddress email) {
    UUID digest = new FakeDigests().of(email.key());
    return countOf(AttemptKey.mailTo(digest));
  }

  private AttemptCount countOf(Device device) {
    return countOf(AttemptKey.mailFrom(device.network()));
  }

  private AttemptCount countOf(AttemptKey key) {
    return latchkey.stores().attemptCounts().find(List.of(key)).values().iterator().next();
  }
}
