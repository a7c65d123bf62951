package dev.latchkey.application.service;

import dev.latchkey.application.port.out.RefreshTokens;
import dev.latchkey.domain.session.MasterKeyId;
import dev.latchkey.testkit.FakeRefreshTokens;
import dev.latchkey.testkit.RefreshTokensContract;
import java.util.Set;

final class FakeRefreshTokensTest extends RefreshTokensContract {

  @Override
  protected RefreshTokens refreshTokens(MasterKeyId current, Set<MasterKeyId> older) {
    return new FakeRefreshTokens(current, older.toArray(MasterKeyId[]::new));
  }
}
