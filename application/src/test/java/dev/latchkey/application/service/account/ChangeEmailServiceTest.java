package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.ChangeEmail;
import dev.latchkey.application.port.in.account.ChangeEmail.Result;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.mail.MailPolicy;
import dev.latchkey.application.service.mail.MailWriter;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.FakeDigests;
import dev.latchkey.testkit.SequentialIdentifiers;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The request; what its code does, {@link VerifyEmailServiceTest} says. */
final class ChangeEmailServiceTest {

  private static final String NEW = "lovelace@example.org";

  private final Stores stores = Stores.inMemory();
  private final TestApplication latchkey = TestApplication.on(stores);
  private final AccountLife life = latchkey.accountLife();
  private final IssuedTokens ada = latchkey.registered("ada");
  private final UserId user = ada.session().userId();
  private final Instant now = latchkey.clock().instant();

  @Test
  void mailsACodeToTheNewAddressAndChangesNothingYet() {
    User before = latchkey.user("ada");

    assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.Accepted());

    Mail mail = life.delivered(MailKind.EMAIL_CHANGE);
    assertThat(mail.to()).hasToString(NEW);
    assertThat(mail.values())
        .containsOnlyKeys(MailField.USERNAME, MailField.CODE, MailField.EXPIRES_AT)
        .containsEntry(MailField.USERNAME, "ada")
        .containsEntry(MailField.EXPIRES_AT, "2026-01-01 01:00 UTC");
    assertThat(latchkey.user("ada")).isEqualTo(before);
  }

  @Test
  void theOwnerOfATakenAddressLearnsThatSomebodyTriedAndTheUserDoesNot() {
    latchkey.registered("lovelace");

    assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.Accepted());

    Mail mail = life.delivered(MailKind.ADDRESS_IN_USE);
    assertThat(mail.to()).hasToString(NEW);
    assertThat(mail.values()).isEqualTo(Map.of(MailField.TIME, "2026-01-01 00:00 UTC"));
    assertThat(life.deliveredKinds()).doesNotContain(MailKind.EMAIL_CHANGE);
    assertThat(latchkey.contents().toString()).doesNotContain("purpose=EMAIL_CHANGE");
  }

  @Test
  void aWrongPasswordHasNothingMailed() {
    assertThat(change("wrong", NEW)).isEqualTo(new Result.WrongPassword());

    assertThat(life.deliveredKinds()).containsExactly(MailKind.EMAIL_VERIFICATION);
    assertThat(latchkey.events().last())
        .isEqualTo(new SecurityEvent.PasswordRefused(user, DEVICE, now));
  }

  @Test
  void aRightPasswordIsNoEvent() {
    int events = latchkey.events().all().size();

    assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.Accepted());

    assertThat(latchkey.events().all()).hasSize(events);
  }

  @Test
  void afterSixWrongPasswordsTheRightOneIsDelayedToo() {
    for (int i = 0; i < 6; i++) {
      assertThat(change("wrong", NEW)).isEqualTo(new Result.WrongPassword());
    }

    assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));

    latchkey.clock().advance(Duration.ofSeconds(1));
    latchkey
        .hasher()
        .whileComparing(
            () -> assertThat(change("wrong", NEW)).isEqualTo(new Result.WrongPassword()));
    assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(2)));
    assertThat(life.deliveredKinds()).containsExactly(MailKind.EMAIL_VERIFICATION);

    latchkey.clock().advance(Duration.ofSeconds(2));
    assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.Accepted());
  }

  @Test
  void whoAskedForTooManyMailsHasToWait() {
    assertThat(
            stores
                .attemptCounts()
                .replace(
                    AttemptKey.mailFrom(DEVICE.network()),
                    Optional.empty(),
                    new AttemptCount(51, now)))
        .isTrue();

    assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));

    assertThat(life.deliveredKinds()).containsExactly(MailKind.EMAIL_VERIFICATION);
  }

  @Test
  void anAddressThatIsWrittenToTooOftenIsLeftInPeaceWithoutSayingSo() {
    for (int i = 0; i < 6; i++) {
      assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.Accepted());
    }

    assertThat(Collections.frequency(life.deliveredKinds(), MailKind.EMAIL_CHANGE)).isEqualTo(4);
  }

  @Test
  void comparesNothingIfTooManyPasswordsAreBeingHashed() {
    latchkey.hasher().overload();

    assertThat(change(PASSWORD, NEW)).isEqualTo(new Result.Overloaded());
  }

  @Test
  void saysThatNoMailCanBeSentBeforeItComparesAnything() {
    Object before = latchkey.contents();
    var off =
        new ChangeEmailService(
            stores.transactions(),
            latchkey.passwordGate(),
            new CodeMails(
                new AttemptCounter(stores.attemptCounts()),
                new FakeDigests(),
                AttemptPolicy.DEFAULT,
                new MailWriter(stores.outbox(), new SequentialIdentifiers(), MailPolicy.OFF)),
            latchkey.events(),
            latchkey.clock());

    assertThat(off.execute(command("wrong", NEW))).isEqualTo(new Result.MailOff());

    assertThat(latchkey.hasher().comparisons()).isEmpty();
    assertThat(latchkey.contents()).isEqualTo(before);
  }

  private Result change(String password, String email) {
    return life.changeEmail().execute(command(password, email));
  }

  private ChangeEmail.Command command(String password, String email) {
    return new ChangeEmail.Command(
        user, ada.session().id(), Password.of(password), EmailAddress.of(email), DEVICE);
  }
}
