package dev.latchkey.testkit;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.domain.key.MasterKeyId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts how often it is read, lets something happen meanwhile, and can be unavailable. */
public final class WatchedSigningKeys implements SigningKeys {

  private final SigningKeys keys = new InMemorySigningKeys(new InMemoryStore());
  private int reads;
  private int erasures;
  private boolean unavailable;
  private @Nullable Runnable afterNextRead;

  public int reads() {
    return reads;
  }

  /** How often a key was erased. */
  public int erasures() {
    return erasures;
  }

  public void becomeUnavailable() {
    unavailable = true;
  }

  public void recover() {
    unavailable = false;
  }

  /** Lets something happen after the next reading, before its reader goes on. */
  public void afterNextRead(Runnable meanwhile) {
    afterNextRead = meanwhile;
  }

  @Override
  public List<SealedSigningKey> all() {
    reads++;
    List<SealedSigningKey> read = reached().all();
    Runnable meanwhile = afterNextRead;
    if (meanwhile != null) {
      afterNextRead = null;
      meanwhile.run();
    }
    return read;
  }

  @Override
  public boolean add(SealedSigningKey key) {
    return reached().add(key);
  }

  @Override
  public boolean reseal(SealedSigningKey key, MasterKeyId from) {
    return reached().reseal(key, from);
  }

  @Override
  public void extendTokenLifetime(int number, Duration lifetime) {
    reached().extendTokenLifetime(number, lifetime);
  }

  @Override
  public void erase(int number) {
    erasures++;
    reached().erase(number);
  }

  private SigningKeys reached() {
    if (unavailable) {
      throw new StorageUnavailableException(new IllegalStateException("unavailable"));
    }
    return keys;
  }
}
