package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.Register.Result;
import dev.latchkey.application.port.in.account.VerifyEmail;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.FakeCommonPasswords;
import dev.latchkey.testkit.FakeDigests;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Registration where the operator wants addresses verified before an account is opened. */
final class RegisterWithVerificationTest {

  private static final EmailAddress TAKEN = EmailAddress.of("Ada@example.org");
  private static final EmailAddress FREE = EmailAddress.of("grace@example.org");

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final AccountLife life = latchkey.accountLife();
  private final Register register = latchkey.registerWithVerification();
  private final Instant now = latchkey.clock().instant();

  @Test
  void opensNoAccountAndStartsNoSession() {
    assertThat(register("grace", FREE)).isEqualTo(new Result.VerificationRequired());

    assertThat(latchkey.stores().users().findByUsername(Username.of("grace"))).isEmpty();
    assertThat(latchkey.stores().users().findByEmail(FREE)).isEmpty();
    assertThat(latchkey.accessTokens().count()).isZero();
    assertThat(latchkey.events().all()).isEmpty();
  }

  @Test
  void mailsACodeThatIsGoodForADay() {
    assertThat(register("Grace", FREE)).isEqualTo(new Result.VerificationRequired());

    Mail mail = life.delivered(MailKind.REGISTRATION);
    assertThat(mail.to()).isEqualTo(FREE);
    assertThat(mail.values())
        .containsOnlyKeys(MailField.USERNAME, MailField.CODE, MailField.EXPIRES_AT)
        .containsEntry(MailField.USERNAME, "Grace")
        .containsEntry(MailField.EXPIRES_AT, "2026-01-02 00:00 UTC");
  }

  @Test
  void doesTheSameWhetherTheAddressIsTakenOrNot() {
    latchkey.registered("ada");
    life.deliverDue();
    latchkey.clock().advance(Duration.ofHours(2));

    Stored taken = stored("other", TAKEN);
    Stored free = stored("grace", FREE);

    assertThat(taken.result())
        .isEqualTo(new Result.VerificationRequired())
        .isEqualTo(free.result());
    assertThat(taken.mail().kind()).isEqualTo(MailKind.REGISTRATION);
    assertThat(taken.mail().to()).isEqualTo(TAKEN);
    assertThat(taken.mail().owner()).isEqualTo(taken.registration().id());
    assertThat(free.mail())
        .isEqualTo(
            new OutboxMail(
                free.mail().id(),
                taken.mail().kind(),
                FREE,
                free.registration().id(),
                taken.mail().details(),
                taken.mail().writtenAt(),
                taken.mail().attempts()));
    var once = new AttemptCount(1, latchkey.clock().instant());
    assertThat(taken.addressCounts()).containsExactly(once).isEqualTo(free.addressCounts());
    assertThat(taken.registration().emailVerifiedAt()).isNull();
    assertThat(latchkey.hasher().comparisons()).isEmpty();
  }

  @Test
  void theOwnerOfATakenAddressLearnsThatSomebodyTriedAndGetsNoCode() {
    latchkey.registered("ada");
    assertThat(register("other", TAKEN)).isEqualTo(new Result.VerificationRequired());
    latchkey.clock().advance(Duration.ofMinutes(5));

    Mail mail = life.delivered(MailKind.ADDRESS_IN_USE);

    assertThat(mail.to()).isEqualTo(TAKEN);
    assertThat(mail.values()).isEqualTo(Map.of(MailField.TIME, "2026-01-01 00:00 UTC"));
    assertThat(life.deliveredKinds()).doesNotContain(MailKind.REGISTRATION);
    assertThat(latchkey.contents().toString())
        .as("there are only codes of ada")
        .contains("purpose=EMAIL_VERIFICATION")
        .doesNotContain("purpose=REGISTRATION");
  }

  @Test
  void aUsernameThatWaitsIsTakenUntilItsRegistrationExpires() {
    assertThat(register("ada", TAKEN)).isEqualTo(new Result.VerificationRequired());

    latchkey.clock().advance(Duration.ofDays(1).minusNanos(1));
    assertThat(register("ADA", FREE)).isEqualTo(new Result.UsernameTaken());
    assertThat(registerAtOnce("ada", FREE)).isEqualTo(new Result.UsernameTaken());

    latchkey.clock().advance(Duration.ofNanos(1));
    assertThat(register("ADA", FREE)).isEqualTo(new Result.VerificationRequired());
  }

  @Test
  void aUsernameOfAnAccountIsTaken() {
    latchkey.registered("ada");

    assertThat(register("ADA", FREE)).isEqualTo(new Result.UsernameTaken());

    assertThat(latchkey.stores().registrations().findByEmail(FREE, now)).isEmpty();
    assertThat(life.deliveredKinds()).doesNotContain(MailKind.REGISTRATION);
  }

  @Test
  void refusesACommonPassword() {
    assertThat(register("ada", TAKEN, FakeCommonPasswords.COMMON))
        .isEqualTo(new Result.PasswordTooCommon());

    assertThat(latchkey.stores().registrations().findByEmail(TAKEN, now)).isEmpty();
  }

  @Test
  void anAddressThatIsWrittenToTooOftenIsLeftInPeaceWithoutSayingSo() {
    for (int i = 0; i < 6; i++) {
      assertThat(register("user" + i, FREE)).isEqualTo(new Result.VerificationRequired());
    }

    assertThat(Collections.frequency(life.deliveredKinds(), MailKind.REGISTRATION)).isEqualTo(4);
    assertThat(latchkey.stores().registrations().findByEmail(FREE, now)).hasSize(6);
  }

  @Test
  void whoRegistersTooOftenHasToWaitAndNothingIsWritten() {
    assertThat(
            latchkey
                .stores()
                .attemptCounts()
                .replace(
                    AttemptKey.registration(DEVICE.network()),
                    Optional.empty(),
                    new AttemptCount(1001, now)))
        .isTrue();
    Object before = latchkey.contents();

    assertThat(register("ada", FREE)).isEqualTo(new Result.TooManyAttempts(Duration.ofSeconds(1)));

    assertThat(latchkey.contents()).isEqualTo(before);
  }

  @Test
  void theFirstMailOfAnAccountThatIsOpenedAtOnceVerifiesItsAddress() {
    assertThat(registerAtOnce("ada", TAKEN)).isInstanceOf(Result.Registered.class);

    Mail mail = life.delivered(MailKind.EMAIL_VERIFICATION);
    assertThat(mail.to()).isEqualTo(TAKEN);
    assertThat(mail.values()).containsEntry(MailField.EXPIRES_AT, "2026-01-02 00:00 UTC");
    assertThat(
            life.verifyEmail()
                .execute(
                    new VerifyEmail.Command(
                        Optional.of(life.code(MailKind.EMAIL_VERIFICATION)), DEVICE)))
        .isEqualTo(new VerifyEmail.Result.Verified());
  }

  private Stored stored(String username, EmailAddress email) {
    Result result = register(username, email);
    Instant later = latchkey.clock().instant();
    AttemptKey address = AttemptKey.mailTo(new FakeDigests().of(email.key()));
    return new Stored(
        result,
        latchkey.stores().registrations().findByEmail(email, later).getFirst(),
        latchkey.stores().outbox().claim(later, later.plusSeconds(1)).orElseThrow(),
        List.copyOf(latchkey.stores().attemptCounts().find(List.of(address)).values()));
  }

  private record Stored(
      Result result, User registration, OutboxMail mail, List<AttemptCount> addressCounts) {}

  private Result register(String username, EmailAddress email) {
    return register(username, email, PASSWORD);
  }

  private Result register(String username, EmailAddress email, String password) {
    return register.execute(command(username, email, password));
  }

  private Result registerAtOnce(String username, EmailAddress email) {
    return latchkey.register().execute(command(username, email, PASSWORD));
  }

  private static Register.Command command(String username, EmailAddress email, String password) {
    return new Register.Command(
        Username.of(username),
        email,
        NewPassword.of(password),
        null,
        null,
        ClientId.FIRST_PARTY,
        null,
        DEVICE);
  }
}
