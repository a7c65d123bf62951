package dev.latchkey.testkit;

final class InMemoryUsersTest extends UsersContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
