package dev.latchkey.application.service;

import dev.latchkey.testkit.EndedSessionsContract;
import dev.latchkey.testkit.Stores;

class InMemoryEndedSessionsTest extends EndedSessionsContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
