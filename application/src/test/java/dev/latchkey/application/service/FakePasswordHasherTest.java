package dev.latchkey.application.service;

import dev.latchkey.application.port.out.PasswordHasher;
import dev.latchkey.testkit.FakePasswordHasher;
import dev.latchkey.testkit.PasswordHasherContract;

final class FakePasswordHasherTest extends PasswordHasherContract {

  @Override
  protected PasswordHasher hasher() {
    return new FakePasswordHasher();
  }
}
