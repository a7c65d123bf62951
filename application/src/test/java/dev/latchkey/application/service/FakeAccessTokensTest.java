package dev.latchkey.application.service;

import dev.latchkey.application.port.out.AccessTokens;
import dev.latchkey.testkit.AccessTokensContract;
import dev.latchkey.testkit.FakeAccessTokens;

final class FakeAccessTokensTest extends AccessTokensContract {

  @Override
  protected AccessTokens accessTokens() {
    return new FakeAccessTokens();
  }
}
