package dev.latchkey.testkit;

final class InMemoryTransactionsTest extends TransactionsContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
