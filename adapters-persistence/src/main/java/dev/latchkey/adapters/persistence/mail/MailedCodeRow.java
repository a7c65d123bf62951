package dev.latchkey.adapters.persistence.mail;

import dev.latchkey.domain.code.CodeHash;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.UserId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A row of the table {@code mailed_codes}. */
@MappedEntity("mailed_codes")
@SuppressWarnings("ArrayRecordComponent") // rows are written or read once and never compared
record MailedCodeRow(
    @Id byte[] codeHash, CodePurpose purpose, UUID ownerId, String email, Instant expiresAt) {

  static MailedCodeRow of(MailedCode code) {
    return new MailedCodeRow(
        code.hash().bytes(),
        code.purpose(),
        code.owner().value(),
        code.email().text(),
        code.expiresAt());
  }

  MailedCode toMailedCode() {
    return new MailedCode(
        new CodeHash(codeHash),
        purpose,
        new UserId(ownerId),
        EmailAddress.stored(email),
        expiresAt);
  }
}
