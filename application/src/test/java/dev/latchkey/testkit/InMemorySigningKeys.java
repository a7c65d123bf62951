package dev.latchkey.testkit;

import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningKey;
import java.time.Duration;
import java.util.List;

/** {@link SigningKeys} in memory. */
public final class InMemorySigningKeys implements SigningKeys {

  private final InMemoryStore store;

  public InMemorySigningKeys(InMemoryStore store) {
    this.store = store;
  }

  @Override
  public List<SealedSigningKey> all() {
    return store.statement(() -> List.copyOf(store.signingKeys.values()));
  }

  @Override
  public boolean add(SealedSigningKey key) {
    return store.statement(
        () -> {
          if (store.signingKeys.containsKey(key.key().number())) {
            return false;
          }
          put(key);
          return true;
        });
  }

  @Override
  public boolean reseal(SealedSigningKey key, MasterKeyId from) {
    return store.statement(
        () -> {
          SealedSigningKey row = store.signingKeys.get(key.key().number());
          if (row == null || row.key().erased() || !row.masterKeyId().equals(from)) {
            return false;
          }
          put(
              new SealedSigningKey(
                  row.key(), row.publicKey(), key.sealedPrivateKey(), key.masterKeyId()));
          return true;
        });
  }

  @Override
  public void extendTokenLifetime(int number, Duration lifetime) {
    store.statement(
        () -> {
          SealedSigningKey row = store.signingKeys.get(number);
          if (row != null) {
            put(
                new SealedSigningKey(
                    row.key().withTokenLifetimeOfAtLeast(lifetime),
                    row.publicKey(),
                    row.sealedPrivateKey(),
                    row.masterKeyId()));
          }
          return number;
        });
  }

  @Override
  public void erase(int number) {
    store.statement(
        () -> {
          SealedSigningKey row = store.signingKeys.get(number);
          if (row != null) {
            put(new SealedSigningKey(erased(row.key()), row.publicKey(), null, row.masterKeyId()));
          }
          return number;
        });
  }

  private void put(SealedSigningKey row) {
    store.put(store.signingKeys, row.key().number(), row);
  }

  private static SigningKey erased(SigningKey key) {
    return new SigningKey(
        key.number(),
        key.id(),
        key.algorithm(),
        key.createdAt(),
        key.signsFrom(),
        key.tokenLifetime(),
        true);
  }
}
