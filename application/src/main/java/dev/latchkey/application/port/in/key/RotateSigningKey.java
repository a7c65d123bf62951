package dev.latchkey.application.port.in.key;

import dev.latchkey.application.port.Actor;
import dev.latchkey.application.port.WrongMasterKeyException;
import dev.latchkey.domain.key.SigningKey;

/**
 * Adds the next signing key now, even while the time cannot be relied on: whoever requests it is
 * believed. It is published from then on, and signs as soon as all resource servers can know it.
 */
public interface RotateSigningKey {

  /**
   * @throws WrongMasterKeyException if a key that is not retired does not open with the master keys
   *     of this node, so that a new one would not open on the others
   */
  Result execute(Command command);

  record Command(Actor actor) {}

  sealed interface Result {

    record Added(SigningKey key) implements Result {}

    /** The next key is there and has not begun to sign. Another node may have added it just now. */
    record AlreadyPending(SigningKey key) implements Result {}

    /**
     * Another process made the very first key just now, or the next number belongs to a key of a
     * newer version.
     */
    record Overtaken() implements Result {}
  }
}
