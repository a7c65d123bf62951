package dev.latchkey.testkit;

class InMemorySessionLimitTest extends SessionLimitContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
