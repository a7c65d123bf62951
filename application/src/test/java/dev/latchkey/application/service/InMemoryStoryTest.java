package dev.latchkey.application.service;

import dev.latchkey.testkit.LatchkeyStory;
import dev.latchkey.testkit.Stores;

final class InMemoryStoryTest extends LatchkeyStory {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
