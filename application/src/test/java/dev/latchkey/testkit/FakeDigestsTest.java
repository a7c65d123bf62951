package dev.latchkey.testkit;

import dev.latchkey.application.port.out.attempt.Digests;

final class FakeDigestsTest extends DigestsContract {

  @Override
  protected Digests digests() {
    return new FakeDigests();
  }
}
