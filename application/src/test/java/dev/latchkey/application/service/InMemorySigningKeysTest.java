package dev.latchkey.application.service;

import dev.latchkey.application.port.out.SigningKeys;
import dev.latchkey.testkit.InMemorySigningKeys;
import dev.latchkey.testkit.InMemoryStore;
import dev.latchkey.testkit.SigningKeysContract;

final class InMemorySigningKeysTest extends SigningKeysContract {

  @Override
  protected SigningKeys emptySigningKeys() {
    return new InMemorySigningKeys(new InMemoryStore());
  }
}
