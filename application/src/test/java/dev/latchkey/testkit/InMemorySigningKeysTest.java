package dev.latchkey.testkit;

import dev.latchkey.application.port.out.key.SigningKeys;

final class InMemorySigningKeysTest extends SigningKeysContract {

  @Override
  protected SigningKeys emptySigningKeys() {
    return new InMemorySigningKeys(new InMemoryStore());
  }
}
