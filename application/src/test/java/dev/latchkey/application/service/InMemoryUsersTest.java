package dev.latchkey.application.service;

import dev.latchkey.application.port.out.Users;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.UsersContract;

final class InMemoryUsersTest extends UsersContract {

  @Override
  protected Users emptyUsers() {
    return Stores.inMemory().users();
  }
}
