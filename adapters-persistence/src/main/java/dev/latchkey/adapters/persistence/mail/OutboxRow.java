package dev.latchkey.adapters.persistence.mail;

import static java.util.stream.Collectors.toMap;

import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.UserId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code outbox}.
 *
 * @param details name, value, name, value, …
 */
@MappedEntity("outbox")
record OutboxRow(
    @Id UUID id,
    MailKind kind,
    String email,
    @Nullable UUID ownerId,
    @TypeDef(type = DataType.STRING_ARRAY) List<String> details,
    Instant writtenAt,
    Instant nextAttemptAt,
    int attempts) {

  private static final Map<String, MailField> KNOWN =
      Arrays.stream(MailField.values()).collect(toMap(Enum::name, field -> field));

  static OutboxRow of(OutboxMail mail) {
    UserId owner = mail.owner();
    return new OutboxRow(
        mail.id().value(),
        mail.kind(),
        mail.to().text(),
        owner == null ? null : owner.value(),
        texts(mail.details()),
        mail.writtenAt(),
        mail.writtenAt(),
        mail.attempts());
  }

  OutboxMail toMail() {
    return new OutboxMail(
        new MailId(id),
        kind,
        EmailAddress.stored(email),
        ownerId == null ? null : new UserId(ownerId),
        fields(details),
        writtenAt,
        attempts);
  }

  private static List<String> texts(Map<MailField, String> details) {
    return details.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(detail -> Stream.of(detail.getKey().name(), detail.getValue()))
        .toList();
  }

  /** A field that only a newer version knows is left out: no text here mentions it. */
  private static Map<MailField, String> fields(List<String> texts) {
    return IntStream.range(0, texts.size() / 2)
        .mapToObj(pair -> texts.subList(2 * pair, 2 * pair + 2))
        .filter(pair -> KNOWN.containsKey(pair.getFirst()))
        .collect(toMap(pair -> KNOWN.get(pair.getFirst()), List::getLast));
  }

  /** Redacted: the row has an address. */
  @Override
  public String toString() {
    return "OutboxRow[id=" + id + "]";
  }
}
