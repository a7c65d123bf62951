package dev.latchkey.testkit;

final class InMemoryAttemptCountsTest extends AttemptCountsContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
