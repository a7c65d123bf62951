package dev.latchkey.application.port.out;

import java.util.List;

/** The signing keys that all nodes of an installation share. */
public interface SigningKeys {

  /** All keys, by ascending number. */
  List<SealedSigningKey> all();

  /**
   * Adds a key unless there is one of its number already: of several nodes that start together on an empty store, one
   * wins, and the others use its key.
   *
   * @return whether it was added
   */
  boolean add(SealedSigningKey key);
}
