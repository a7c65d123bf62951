package dev.latchkey.application.port.in.key;

import dev.latchkey.domain.key.SigningKey;

/**
 * The periodic check: reads what other nodes have changed, extends token lifetimes, erases the
 * private parts of retired keys, and adds the next key if it is due. Any number of nodes may do so
 * at once; one key is added. It is published from then on, and signs later.
 *
 * <p>While the time cannot be relied on, no key is erased and none is added, unless there is none:
 * a key that signs from a time far ahead would be in the way of all others.
 */
public interface MaintainSigningKeys {

  Result execute();

  sealed interface Result {

    record Added(SigningKey key) implements Result {}

    /** None was due, the time cannot be relied on, or another node was faster. */
    record NoneAdded() implements Result {}
  }
}
