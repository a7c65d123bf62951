package dev.latchkey.adapters.persistence;

import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TransactionsContract;

final class PostgresTransactionsTest extends TransactionsContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
