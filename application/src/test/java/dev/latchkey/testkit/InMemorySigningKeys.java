package dev.latchkey.testkit;

import dev.latchkey.application.port.out.SealedSigningKey;
import dev.latchkey.application.port.out.SigningKeys;
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
          if (store.signingKeys.containsKey(key.number())) {
            return false;
          }
          store.put(store.signingKeys, key.number(), key);
          return true;
        });
  }
}
