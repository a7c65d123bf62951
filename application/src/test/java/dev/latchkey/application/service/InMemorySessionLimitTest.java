package dev.latchkey.application.service;

import dev.latchkey.testkit.SessionLimitContract;
import dev.latchkey.testkit.Stores;

class InMemorySessionLimitTest extends SessionLimitContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
