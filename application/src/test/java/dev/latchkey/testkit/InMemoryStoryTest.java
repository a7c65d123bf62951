package dev.latchkey.testkit;

final class InMemoryStoryTest extends LatchkeyStory {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
