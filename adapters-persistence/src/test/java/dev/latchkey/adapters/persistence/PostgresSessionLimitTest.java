package dev.latchkey.adapters.persistence;

import dev.latchkey.testkit.SessionLimitContract;
import dev.latchkey.testkit.Stores;

class PostgresSessionLimitTest extends SessionLimitContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
