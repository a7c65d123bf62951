package dev.latchkey.testkit;

class InMemoryEndedSessionsTest extends EndedSessionsContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
