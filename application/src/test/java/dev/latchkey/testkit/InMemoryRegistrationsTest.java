package dev.latchkey.testkit;

final class InMemoryRegistrationsTest extends RegistrationsContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
