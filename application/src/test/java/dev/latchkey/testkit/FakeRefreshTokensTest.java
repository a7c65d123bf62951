package dev.latchkey.testkit;

import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.domain.key.MasterKeyId;
import java.util.Set;

final class FakeRefreshTokensTest extends RefreshTokensContract {

  @Override
  protected RefreshTokens refreshTokens(MasterKeyId current, Set<MasterKeyId> older) {
    return new FakeRefreshTokens(current, older.toArray(MasterKeyId[]::new));
  }
}
