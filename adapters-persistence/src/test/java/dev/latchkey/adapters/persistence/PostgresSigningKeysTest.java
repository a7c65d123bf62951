package dev.latchkey.adapters.persistence;

import dev.latchkey.application.port.out.SigningKeys;
import dev.latchkey.testkit.SigningKeysContract;

final class PostgresSigningKeysTest extends SigningKeysContract {

  @Override
  protected SigningKeys emptySigningKeys() {
    PostgresServer.empty();
    return PostgresServer.bean(SigningKeys.class);
  }
}
