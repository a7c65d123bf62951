package dev.latchkey.application.port.in.key;

import dev.latchkey.application.port.WrongMasterKeyException;

/**
 * Gets the signing keys ready before the first request: if there is none, the first is made, and
 * all are sealed under the current master key of this node, so that an old one can go.
 */
public interface PrepareSigningKeys {

  /**
   * @throws WrongMasterKeyException if a key that is not retired does not open with the master keys
   *     of this node
   */
  void execute();
}
