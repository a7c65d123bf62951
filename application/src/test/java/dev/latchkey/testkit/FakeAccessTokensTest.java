package dev.latchkey.testkit;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import java.time.InstantSource;

final class FakeAccessTokensTest extends AccessTokensContract {

  @Override
  protected AccessTokens accessTokens() {
    return new FakeAccessTokens();
  }

  @Override
  protected OpenedSigningKey key() {
    return TestApplication.keyRing(InstantSource.system()).current().orElseThrow();
  }
}
