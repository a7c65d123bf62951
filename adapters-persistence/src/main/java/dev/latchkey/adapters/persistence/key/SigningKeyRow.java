package dev.latchkey.adapters.persistence.key;

import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code signing_keys}. */
@MappedEntity("signing_keys")
@SuppressWarnings("ArrayRecordComponent") // rows are read once and never compared
record SigningKeyRow(
    @Id int number,
    String id,
    String algorithm,
    byte[] publicKey,
    // The framework does not see the other annotation, which is on the array type.
    @jakarta.annotation.Nullable byte @Nullable [] sealedPrivateKey,
    int masterKeyId,
    Instant createdAt,
    Instant signsFrom,
    long tokenLifetimeSeconds) {

  /** Nothing if this version does not know the algorithm. */
  Optional<SealedSigningKey> toSealedSigningKey() {
    return SigningAlgorithm.ofJwsName(algorithm).map(this::toSealedSigningKey);
  }

  private SealedSigningKey toSealedSigningKey(SigningAlgorithm known) {
    var key =
        new SigningKey(
            number,
            id,
            known,
            createdAt,
            signsFrom,
            Duration.ofSeconds(tokenLifetimeSeconds),
            sealedPrivateKey == null);
    return new SealedSigningKey(key, publicKey, sealedPrivateKey, new MasterKeyId(masterKeyId));
  }

  /** Redacted: the row has the sealed private key. */
  @Override
  public String toString() {
    return "SigningKeyRow[number=" + number + "]";
  }
}
