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
   * Puts the private part of {@code key}, sealed under another master key, in the place of the one
   * that is there.
   *
   * @param from the master key that the key has been sealed under; under any other, nothing changes
   * @return whether it was put there
   */
  boolean reseal(SealedSigningKey key, MasterKeyId from);

  /**
   * Lets tokens of a key live at least this long. What it has been told before stays if it is
   * longer.
   */
  void extendTokenLifetime(int number, Duration lifetime);

  /** Deletes the private part of a key; the rest stays for the record. */
  void erase(int number);
}
