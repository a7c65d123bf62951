package dev.latchkey.testkit;

final class InMemoryOutboxTest extends OutboxContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
