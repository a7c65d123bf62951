package dev.latchkey.testkit;

final class InMemorySessionsTest extends SessionsContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
