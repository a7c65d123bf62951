package dev.latchkey.adapters.persistence.session;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.testkit.EndedSessionsContract;
import dev.latchkey.testkit.Stores;

class PostgresEndedSessionsTest extends EndedSessionsContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
