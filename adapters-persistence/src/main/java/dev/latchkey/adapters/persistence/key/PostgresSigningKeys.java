package dev.latchkey.adapters.persistence.key;

import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.MasterKeyId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@link SigningKeys} in the table {@code signing_keys}; its primary key decides which node is
 * first.
 */
@Singleton
final class PostgresSigningKeys implements SigningKeys {

  private final SigningKeyRepository rows;

  PostgresSigningKeys(SigningKeyRepository rows) {
    this.rows = rows;
  }

  @Override
  public List<SealedSigningKey> all() {
    return rows.findAllOrderByNumber().stream()
        .map(SigningKeyRow::toSealedSigningKey)
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public boolean add(SealedSigningKey key) {
    int inserted =
        rows.insertUnlessTaken(
            key.key().number(),
            key.key().id(),
            key.key().algorithm().jwsName(),
            key.publicKey(),
            key.sealedPrivateKey(),
            key.masterKeyId().value(),
            key.key().createdAt(),
            key.key().signsFrom(),
            wholeSeconds(key.key().tokenLifetime()));
    return inserted == 1;
  }

  @Override
  public boolean reseal(SealedSigningKey key, MasterKeyId from) {
    int resealed =
        rows.reseal(
            key.key().number(), from.value(), key.sealedPrivateKey(), key.masterKeyId().value());
    return resealed == 1;
  }

  @Override
  public void extendTokenLifetime(int number, Duration lifetime) {
    int _ = rows.extendTokenLifetime(number, wholeSeconds(lifetime));
  }

  @Override
  public void erase(int number) {
    int _ = rows.erase(number);
  }

  /** Rounded up: a key must not go before its last token. */
  private static long wholeSeconds(Duration lifetime) {
    return lifetime.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
