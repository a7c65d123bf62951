package dev.latchkey.adapters.persistence.mail;

import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@link Outbox} in the table {@code outbox}: who claims a mail moves its next attempt ahead. */
@Singleton
final class PostgresOutbox implements Outbox {

  private static final List<String> KNOWN =
      Arrays.stream(MailKind.values()).map(Enum::name).toList();

  private final OutboxRepository rows;

  PostgresOutbox(OutboxRepository rows) {
    this.rows = rows;
  }

  @Override
  public void add(OutboxMail mail) {
    rows.save(OutboxRow.of(mail));
  }

  @Override
  public Optional<OutboxMail> claim(Instant now, Instant until) {
    return Optional.ofNullable(rows.claim(now, until, KNOWN)).map(OutboxRow::toMail);
  }

  @Override
  public void postpone(MailId id, Instant until) {
    var _ = rows.postpone(id.value(), until);
  }

  @Override
  public boolean remove(MailId id) {
    return rows.delete(id.value()) == 1;
  }

  @Override
  public void removeOf(UserId owner) {
    var _ = rows.deleteOf(owner.value());
  }

  @Override
  public void removeOf(UserId owner, MailKind kind) {
    var _ = rows.deleteOf(owner.value(), kind);
  }

  @Override
  public Optional<Instant> oldest() {
    return Optional.ofNullable(rows.oldest());
  }

  @Override
  public int waiting() {
    return rows.count(MOST_COUNTED);
  }
}
