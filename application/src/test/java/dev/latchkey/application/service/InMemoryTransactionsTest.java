package dev.latchkey.application.service;

import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TransactionsContract;

final class InMemoryTransactionsTest extends TransactionsContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
