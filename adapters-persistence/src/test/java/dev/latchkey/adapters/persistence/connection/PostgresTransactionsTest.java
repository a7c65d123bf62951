package dev.latchkey.adapters.persistence.connection;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TransactionsContract;

final class PostgresTransactionsTest extends TransactionsContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
