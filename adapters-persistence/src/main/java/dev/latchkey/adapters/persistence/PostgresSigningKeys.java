package dev.latchkey.adapters.persistence;

import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.application.port.out.SigningKeys;
import jakarta.inject.Singleton;
import java.util.List;

/** {@link SigningKeys} in the table {@code signing_keys}; its primary key decides which node is first. */
@Singleton
final class PostgresSigningKeys implements SigningKeys {

  private final SigningKeyRepository rows;

  PostgresSigningKeys(SigningKeyRepository rows) {
    this.rows = rows;
  }

  @Override
  public List<SealedSigningKey> all() {
    return Outages.translate(rows::findAllOrderByNumber).stream().map(SigningKeyRow::toSealedSigningKey).toList();
  }

  @Override
  public boolean add(SealedSigningKey key) {
    int inserted =
        Outages.translate(
            () ->
                rows.insertUnlessTaken(
                    key.number(),
                    key.id(),
                    key.algorithm(),
                    key.publicKey(),
                    key.sealedPrivateKey(),
                    key.masterKeyId().value(),
                    key.createdAt()));
    return inserted == 1;
  }
}
