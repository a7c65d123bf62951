package dev.latchkey.adapters.persistence.mail;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.testkit.MailedCodesContract;
import dev.latchkey.testkit.Stores;

final class PostgresMailedCodesTest extends MailedCodesContract {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
