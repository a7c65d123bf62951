package dev.latchkey.testkit;

import dev.latchkey.application.port.out.session.AccessTokens;

final class FakeAccessTokensTest extends AccessTokensContract {

  @Override
  protected AccessTokens accessTokens() {
    return new FakeAccessTokens();
  }
}
