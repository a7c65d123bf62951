package dev.latchkey.application.port.in.key;

import dev.latchkey.domain.key.SigningKey;

/**
 * Adds the next signing key if it is due or asked for. It is published from then on, and signs
 * later. Any number of nodes may do so at once; one key is added.
 */
public interface RotateSigningKeys {

  Result execute(Command command);

  record Command(Occasion occasion) {}

  enum Occasion {

    /**
     * On the periodic check. Also erases the private parts of retired keys. While the time cannot
     * be relied on, no key is erased and none is added, unless there is none: a key that signs from
     * a time far ahead would be in the way of all others.
     */
    SCHEDULE,

    /** An operator asks for a new key, and is trusted about the time. */
    COMMAND
  }

  sealed interface Result {

    record Added(SigningKey key) implements Result {}

    /**
     * On command: the next key is there and has not begun to sign. It may be another node's of just
     * now.
     */
    record AlreadyPending(SigningKey key) implements Result {}

    /**
     * On schedule, also if the time cannot be relied on; or on command, if somebody else made the
     * very first key just now, or the next number belongs to a key of a newer version.
     */
    record NotDue() implements Result {}
  }
}
