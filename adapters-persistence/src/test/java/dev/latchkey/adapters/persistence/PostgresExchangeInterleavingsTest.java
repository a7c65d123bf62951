package dev.latchkey.adapters.persistence;

import dev.latchkey.testkit.ExchangeInterleavings;
import dev.latchkey.testkit.Stores;

final class PostgresExchangeInterleavingsTest extends ExchangeInterleavings {

  @Override
  protected Stores emptyStores() {
    return PostgresServer.emptyStores();
  }
}
