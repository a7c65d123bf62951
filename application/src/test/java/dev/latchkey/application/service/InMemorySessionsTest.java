package dev.latchkey.application.service;

import dev.latchkey.testkit.SessionsContract;
import dev.latchkey.testkit.Stores;

final class InMemorySessionsTest extends SessionsContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
