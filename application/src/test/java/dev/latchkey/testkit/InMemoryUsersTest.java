package dev.latchkey.testkit;

import dev.latchkey.application.port.out.account.Users;

final class InMemoryUsersTest extends UsersContract {

  @Override
  protected Users emptyUsers() {
    return Stores.inMemory().users();
  }
}
