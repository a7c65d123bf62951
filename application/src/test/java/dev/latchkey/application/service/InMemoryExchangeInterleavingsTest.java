package dev.latchkey.application.service;

import dev.latchkey.testkit.ExchangeInterleavings;
import dev.latchkey.testkit.Stores;

final class InMemoryExchangeInterleavingsTest extends ExchangeInterleavings {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
