package dev.latchkey.adapters.persistence.mail;

import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.domain.code.CodeHash;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.user.UserId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@link MailedCodes} in the table {@code mailed_codes}: who deletes the row has used the code. */
@Singleton
final class PostgresMailedCodes implements MailedCodes {

  private static final List<String> KNOWN =
      Arrays.stream(CodePurpose.values()).map(Enum::name).toList();

  private final MailedCodeRepository rows;

  PostgresMailedCodes(MailedCodeRepository rows) {
    this.rows = rows;
  }

  @Override
  public void add(MailedCode code) {
    rows.save(MailedCodeRow.of(code));
  }

  @Override
  public Optional<MailedCode> find(CodeHash hash) {
    return Optional.ofNullable(rows.find(hash.bytes(), KNOWN)).map(MailedCodeRow::toMailedCode);
  }

  @Override
  public Optional<MailedCode> take(CodeHash hash) {
    return Optional.ofNullable(rows.take(hash.bytes(), KNOWN)).map(MailedCodeRow::toMailedCode);
  }

  @Override
  public void deleteOf(UserId owner, CodePurpose purpose) {
    var _ = rows.deleteOf(owner.value(), purpose);
  }

  @Override
  public void deleteOf(UserId owner) {
    var _ = rows.deleteOf(owner.value());
  }

  @Override
  public int deleteExpiredBefore(Instant time, int limit) {
    return rows.deleteExpiredBefore(time, limit);
  }
}
