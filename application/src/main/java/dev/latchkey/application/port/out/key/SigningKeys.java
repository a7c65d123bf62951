package dev.latchkey.application.port.out.key;

import dev.latchkey.domain.key.MasterKeyId;
import java.time.Duration;
import java.util.List;

/** The signing keys that all nodes of an installation share. */
public interface SigningKeys {

  /**
   * All keys, by ascending number. Those of an algorithm that this version does not know are left
   * to the nodes that do; their numbers stay taken.
   */
  List<SealedSigningKey> all();

  /**
   * Adds a key unless there is one of its number already: of several nodes that start together on
   * an empty store, one wins, and the others use its key.
   *
   * @return whether it was added
   */
  boolean add(SealedSigningKey key);

  /**
   * Replaces the private part of a key by the one of {@code key}, which is sealed under another
   * master key.
   *
   * @param from the master key that the key has been sealed under; under any other, nothing changes
   * @return whether it was replaced
   */
  boolean reseal(SealedSigningKey key, MasterKeyId from);

  /** Extends the lifetime that tokens of a key may have. A longer one that was set before stays. */
  void extendTokenLifetime(int number, Duration lifetime);

  /** Deletes the private part of a key; the rest stays for the record. */
  void erase(int number);
}
