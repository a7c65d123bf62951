package dev.latchkey.testkit;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.application.port.out.mail.Mailer;
import dev.latchkey.domain.user.EmailAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link Mailer} keeps to. */
public abstract class MailerContract {

  private static final String CODE = "5Kd-qT9m-code";

  protected abstract Mailer mailer();

  /** What is there for readers, oldest first. */
  protected abstract List<Arrived> arrived();

  /** Makes it impossible to send. */
  protected abstract void breakDown();

  /** Makes it possible again. */
  protected abstract void repair();

  /**
   * A mail as its reader has it.
   *
   * @param text with the subject
   */
  public record Arrived(MailId id, String to, String text) {}

  @ParameterizedTest
  @EnumSource
  void sendsAMailOfEveryKindWithAllItsValues(MailKind kind) {
    Mail mail = aMail(kind);

    mailer().send(mail);

    assertThat(arrived()).hasSize(1);
    Arrived arrived = arrived().getFirst();
    assertThat(arrived.id()).isEqualTo(mail.id());
    assertThat(arrived.to()).isEqualTo(mail.to().text());
    assertThat(arrived.text()).contains(mail.values().values());
  }

  @Test
  void sendsAMailTwiceInAWayThatItsReaderCanTell() {
    Mail mail = aMail(MailKind.PASSWORD_RESET);

    mailer().send(mail);
    mailer().send(mail);

    assertThat(arrived()).extracting(Arrived::id).containsOnly(mail.id());
  }

  @Test
  void keepsMailsApart() {
    Mail one = aMail(MailKind.PASSWORD_RESET);
    Mail other = aMail(MailKind.PASSWORD_RESET);

    mailer().send(one);
    mailer().send(other);

    assertThat(arrived()).extracting(Arrived::id).containsExactlyInAnyOrder(one.id(), other.id());
  }

  @Test
  void saysOnOneLineThatItDidNotSendAndNothingOfTheMail() {
    Mail mail = aMail(MailKind.PASSWORD_RESET);
    breakDown();

    assertThatExceptionOfType(MailNotSentException.class)
        .isThrownBy(() -> mailer().send(mail))
        .satisfies(
            failure -> {
              assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n", "\r");
              assertThat(textsOf(failure))
                  .noneMatch(text -> text.contains(CODE))
                  .noneMatch(text -> text.contains(mail.to().text()));
            });
    assertThat(arrived()).isEmpty();
  }

  @Test
  void sendsAgainOnceItCan() {
    Mail mail = aMail(MailKind.PASSWORD_RESET);
    breakDown();
    assertThatExceptionOfType(MailNotSentException.class).isThrownBy(() -> mailer().send(mail));
    repair();

    mailer().send(mail);

    assertThat(arrived()).extracting(Arrived::id).containsExactly(mail.id());
  }

  /** Whatever a log shows of an exception: its own text, and those of its causes. */
  public static List<String> textsOf(Throwable failure) {
    return Stream.<@Nullable Throwable>iterate(
            failure, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
        .map(String::valueOf)
        .toList();
  }

  /** With a value that can be recognised for each of its fields. */
  public static Mail aMail(MailKind kind) {
    Map<MailField, String> values =
        kind.fields().stream().collect(toUnmodifiableMap(field -> field, MailerContract::valueOf));
    return new Mail(
        new MailId(UUID.randomUUID()), kind, EmailAddress.of("ada@example.org"), values);
  }

  private static String valueOf(MailField field) {
    return switch (field) {
      case USERNAME -> "ada.l";
      case CODE -> CODE;
      case EXPIRES_AT -> "2026-11-22 09:45 UTC";
      case TIME -> "2026-11-22 09:30 UTC";
      case ADDRESS -> "203.0.113.7";
      case USER_AGENT -> "Mozilla/5.0 (X11; Linux) Ägypten/1.0";
      case NEW_EMAIL -> "countess@example.com";
    };
  }
}
