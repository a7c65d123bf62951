package dev.latchkey.adapters.persistence.mail;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.testkit.OutboxContract;
import dev.latchkey.testkit.Stores;

final class PostgresOutboxTest extends OutboxContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
