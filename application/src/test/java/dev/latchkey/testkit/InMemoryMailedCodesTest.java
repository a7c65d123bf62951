package dev.latchkey.testkit;

final class InMemoryMailedCodesTest extends MailedCodesContract {

  @Override
  protected Stores emptyStores() {
    return Stores.inMemory();
  }
}
