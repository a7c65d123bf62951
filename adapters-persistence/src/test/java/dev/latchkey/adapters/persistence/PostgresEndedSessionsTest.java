package dev.latchkey.adapters.persistence;

import dev.latchkey.testkit.EndedSessionsContract;
import dev.latchkey.testkit.Stores;

class PostgresEndedSessionsTest extends EndedSessionsContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
