package dev.latchkey.adapters.persistence.attempt;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.testkit.AttemptCountsContract;
import dev.latchkey.testkit.Stores;

class PostgresAttemptCountsTest extends AttemptCountsContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
