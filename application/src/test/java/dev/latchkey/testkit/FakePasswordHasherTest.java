package dev.latchkey.testkit;

import dev.latchkey.application.port.out.account.PasswordHasher;

final class FakePasswordHasherTest extends PasswordHasherContract {

  @Override
  protected PasswordHasher hasher() {
    return new FakePasswordHasher();
  }
}
