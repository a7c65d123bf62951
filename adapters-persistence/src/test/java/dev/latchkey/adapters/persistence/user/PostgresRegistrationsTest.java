package dev.latchkey.adapters.persistence.user;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.testkit.RegistrationsContract;
import dev.latchkey.testkit.Stores;

final class PostgresRegistrationsTest extends RegistrationsContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
