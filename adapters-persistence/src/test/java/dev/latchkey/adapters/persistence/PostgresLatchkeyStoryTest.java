package dev.latchkey.adapters.persistence;

import dev.latchkey.testkit.LatchkeyStory;
import dev.latchkey.testkit.Stores;

final class PostgresLatchkeyStoryTest extends LatchkeyStory {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
