package dev.latchkey.application.port.out;

import java.time.Instant;
import java.util.Optional;

/**
 * The time that all nodes share, for what cannot be undone. A clock that is ahead of the time for a
 * minute makes everything look long past; what is deleted in that minute is lost.
 */
public interface TrustedTime {

  /** The shared time, if it can be relied on for what cannot be undone. */
  Optional<Instant> now();
}
