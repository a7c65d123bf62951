package dev.latchkey.application.port.in.key;

import dev.latchkey.application.port.Actor;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningKey;

/**
 * Adds the next signing key now, even while the time cannot be relied on: whoever requests it is
 * believed. It is published from then on, and signs as soon as all resource servers can know it.
 */
public interface RotateSigningKey {

  Result execute(Command command);

  record Command(Actor actor) {}

  sealed interface Result {

    record Added(SigningKey key) implements Result {}

    /** The next key is there and has not begun to sign. Another node may have added it just now. */
    record AlreadyPending(SigningKey key) implements Result {}

    /**
     * A key that is not retired does not open with the master keys of this process, so that a new
     * one might not open elsewhere; no change.
     *
     * @param number of that key
     */
    record WrongMasterKey(int number, MasterKeyId sealedUnder) implements Result {}

    /**
     * Another process made the very first key just now, or the next number belongs to a key of a
     * newer version.
     */
    record Overtaken() implements Result {}
  }
}
