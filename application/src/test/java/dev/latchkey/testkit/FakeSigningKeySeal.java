package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.application.port.VerificationKey;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes keys that sign nothing; each has an id of its own. It opens a key if it has the master key
 * that the key is sealed under, and that is all it looks at.
 */
public final class FakeSigningKeySeal implements SigningKeySeal {

  private static final AtomicInteger MADE = new AtomicInteger();

  private final List<MasterKeyId> masterKeys;
  private Runnable beforeNext = () -> {};
  private int opened;

  /** With the master key 1. */
  public FakeSigningKeySeal() {
    this(1);
  }

  /**
   * @param masterKeys their ids, the current one first
   */
  public FakeSigningKeySeal(int... masterKeys) {
    this.masterKeys = Arrays.stream(masterKeys).mapToObj(MasterKeyId::new).toList();
  }

  /** Lets something happen before the next key is made. */
  public void beforeNext(Runnable action) {
    beforeNext = action;
  }

  /** How often a private part was decrypted. */
  public int opened() {
    return opened;
  }

  @Override
  public SealedSigningKey generate(NextSigningKey next) {
    Runnable action = beforeNext;
    beforeNext = () -> {};
    action.run();
    String id = "kid-" + next.number() + "-" + MADE.incrementAndGet();
    return new SealedSigningKey(
        next.made(id), id.getBytes(UTF_8), "sealed".getBytes(UTF_8), masterKeys.getFirst());
  }

  @Override
  public Optional<OpenedSigningKey> open(SealedSigningKey row) {
    if (row.key().erased() || !masterKeys.contains(row.masterKeyId())) {
      return Optional.empty();
    }
    opened++;
    return Optional.of(new FakeKey(row.key()));
  }

  @Override
  public Optional<SealedSigningKey> reseal(SealedSigningKey row) {
    return row.masterKeyId().equals(masterKeys.getFirst())
        ? Optional.empty()
        : open(row)
            .map(
                _ ->
                    new SealedSigningKey(
                        row.key(), row.publicKey(), row.publicKey(), masterKeys.getFirst()));
  }

  private record FakeKey(SigningKey key) implements OpenedSigningKey {

    @Override
    public String id() {
      return key.id();
    }

    @Override
    public SigningAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public byte[] sign(byte[] content) {
      return content.clone();
    }

    @Override
    public boolean verifies(byte[] content, byte[] signature) {
      return Arrays.equals(content, signature);
    }

    @Override
    public VerificationKey verificationKey() {
      return new VerificationKey(key.id(), Map.of("kid", key.id()));
    }
  }
}
