package dev.latchkey.testkit;

final class InMemoryExchangeInterleavingsTest extends ExchangeInterleavings {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
