package dev.latchkey.application.service.mail;

import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.User;
import dev.latchkey.testkit.SequentialIdentifiers;
import dev.latchkey.testkit.Stores;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailWriterTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:34:56Z");
  private static final Device DEVICE = new Device("192.0.2.1", "Laptop");
  private static final EmailAddress NEW = EmailAddress.of("Lovelace@example.org");

  private final Stores stores = Stores.inMemory();
  private final User ada = aUser().withUsername("Ada").build();

  @ParameterizedTest
  @EnumSource(
      value = MailKind.class,
      names = {
        "PASSWORD_CHANGED",
        "REFRESH_TOKEN_REUSED",
        "NEW_DEVICE",
        "ACCOUNT_CLOSED",
        "ACCOUNT_DELETED"
      })
  void writesANoticeIfTheOperatorWantsIt(MailKind kind) {
    writer(true, EnumSet.complementOf(EnumSet.of(kind))).notice(kind, ada, DEVICE, NOW);
    assertThat(written()).isEmpty();

    writer(true, Set.of(kind)).notice(kind, ada, DEVICE, NOW);

    OutboxMail mail = written().orElseThrow();
    assertThat(mail.kind()).isEqualTo(kind);
    assertThat(mail.to()).isEqualTo(ada.email());
    assertThat(mail.owner()).isEqualTo(ada.id());
    assertThat(mail.writtenAt()).isEqualTo(NOW);
    assertThat(mail.details().keySet()).isEqualTo(kind.fields());
    assertThat(mail.details())
        .containsEntry(MailField.USERNAME, "Ada")
        .containsEntry(MailField.TIME, "2026-01-01 12:34 UTC");
    assertThat(written()).isEmpty();
  }

  @Test
  void tellsTheOldAddressOfTheNewOneIfTheOperatorWantsIt() {
    writer(true, EnumSet.complementOf(EnumSet.of(MailKind.EMAIL_CHANGED)))
        .emailChanged(ada, NEW, NOW);
    assertThat(written()).isEmpty();

    writer(true, Set.of(MailKind.EMAIL_CHANGED)).emailChanged(ada, NEW, NOW);

    OutboxMail mail = written().orElseThrow();
    assertThat(mail.kind()).isEqualTo(MailKind.EMAIL_CHANGED);
    assertThat(mail.to()).isEqualTo(ada.email());
    assertThat(mail.details())
        .isEqualTo(
            Map.of(
                MailField.USERNAME, "Ada",
                MailField.TIME, "2026-01-01 12:34 UTC",
                MailField.NEW_EMAIL, "Lovelace@example.org"));
  }

  @Test
  void saysWhereItWasDoneFrom() {
    MailWriter writer = writer(true, Set.of(MailKind.NEW_DEVICE));

    writer.notice(MailKind.NEW_DEVICE, ada, DEVICE, NOW);
    assertThat(written().orElseThrow().details())
        .containsEntry(MailField.ADDRESS, "192.0.2.1")
        .containsEntry(MailField.USER_AGENT, "Laptop");

    writer.notice(MailKind.NEW_DEVICE, ada, new Device(null, null), NOW);
    assertThat(written().orElseThrow().details())
        .containsEntry(MailField.ADDRESS, "unknown")
        .containsEntry(MailField.USER_AGENT, "unknown");
  }

  @ParameterizedTest
  @EnumSource(
      value = MailKind.class,
      names = {"PASSWORD_RESET", "EMAIL_VERIFICATION", "REGISTRATION", "EMAIL_CHANGE"})
  void writesMailWithACodeWithoutTheCodeWhateverNoticesTheOperatorWants(MailKind kind) {
    writer(true, Set.of()).code(kind, NEW, ada.id(), NOW);

    OutboxMail mail = written().orElseThrow();
    assertThat(mail).isEqualTo(new OutboxMail(mail.id(), kind, NEW, ada.id(), Map.of(), NOW, 1));
  }

  @Test
  void eachMailHasAnIdOfItsOwn() {
    MailWriter writer = writer(true, Set.of());
    writer.code(MailKind.PASSWORD_RESET, NEW, null, NOW);
    writer.code(MailKind.PASSWORD_RESET, NEW, null, NOW);

    assertThat(written().orElseThrow().id()).isNotEqualTo(written().orElseThrow().id());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesNothingWhereNoMailCanBeSent(boolean withoutNotices) {
    MailWriter off =
        withoutNotices
            ? new MailWriter(stores.outbox(), new SequentialIdentifiers(), MailPolicy.OFF)
            : writer(false, Set.of(MailKind.values()));

    for (MailKind kind : MailKind.values()) {
      off.code(kind, NEW, ada.id(), NOW);
      off.notice(kind, ada, DEVICE, NOW);
    }
    off.emailChanged(ada, NEW, NOW);

    assertThat(off.isOn()).isFalse();
    assertThat(stores.outbox().oldest()).isEmpty();
    assertThat(writer(true, Set.of()).isOn()).isTrue();
  }

  private MailWriter writer(boolean on, Set<MailKind> notices) {
    return new MailWriter(
        stores.outbox(), new SequentialIdentifiers(), new MailPolicy(on, notices));
  }

  /** The next one that waits; with it, its attempts become 1. */
  private Optional<OutboxMail> written() {
    return stores.outbox().claim(NOW, NOW.plusSeconds(1));
  }
}
