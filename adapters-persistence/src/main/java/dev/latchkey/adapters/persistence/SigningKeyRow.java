package dev.latchkey.adapters.persistence;

import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.domain.session.MasterKeyId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of the table {@code signing_keys}. */
@MappedEntity("signing_keys")
record SigningKeyRow(
    @Id int number,
    String id,
    String algorithm,
    byte[] publicKey,
    byte[] sealedPrivateKey,
    int masterKeyId,
    Instant createdAt) {

  static SigningKeyRow of(SealedSigningKey key) {
    return new SigningKeyRow(
        key.number(),
        key.id(),
        key.algorithm(),
        key.publicKey(),
        key.sealedPrivateKey(),
        key.masterKeyId().value(),
        key.createdAt());
  }

  SealedSigningKey toSealedSigningKey() {
    return new SealedSigningKey(
        number, id, algorithm, publicKey, sealedPrivateKey, new MasterKeyId(masterKeyId), createdAt);
  }
}
