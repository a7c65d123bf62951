package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeyFactory;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.NextSigningKey;

/** Makes keys that sign nothing; each has an id of its own. */
public final class FakeSigningKeyFactory implements SigningKeyFactory {

  private final Runnable beforeEach;
  private final boolean opens;
  private int made;

  public FakeSigningKeyFactory() {
    this(() -> {}, true);
  }

  /**
   * @param beforeEach is run before a key is made
   * @param opens whether it can use the keys that are stored
   */
  public FakeSigningKeyFactory(Runnable beforeEach, boolean opens) {
    this.beforeEach = beforeEach;
    this.opens = opens;
  }

  @Override
  public SealedSigningKey create(NextSigningKey next) {
    beforeEach.run();
    String id = "kid-" + next.number() + "-" + ++made;
    return new SealedSigningKey(
        next.made(id), id.getBytes(UTF_8), "sealed".getBytes(UTF_8), new MasterKeyId(1));
  }

  @Override
  public boolean opens(SealedSigningKey key) {
    return opens;
  }
}
