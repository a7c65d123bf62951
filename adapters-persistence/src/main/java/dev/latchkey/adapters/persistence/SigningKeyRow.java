package dev.latchkey.adapters.persistence;

import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.domain.session.MasterKeyId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of the table {@code signing_keys}. */
@MappedEntity("signing_keys")
@SuppressWarnings("ArrayRecordComponent") // rows are read once and never compared
record SigningKeyRow(
    @Id int number,
    String id,
    String algorithm,
    byte[] publicKey,
    byte[] sealedPrivateKey,
    int masterKeyId,
    Instant createdAt) {

  SealedSigningKey toSealedSigningKey() {
    return new SealedSigningKey(
        number, id, algorithm, publicKey, sealedPrivateKey, new MasterKeyId(masterKeyId), createdAt);
  }

  /** Redacted: the row has the sealed private key. */
  @Override
  public String toString() {
    return "SigningKeyRow[number=" + number + "]";
  }
}
