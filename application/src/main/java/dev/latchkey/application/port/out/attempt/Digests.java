package dev.latchkey.application.port.out.attempt;

import java.util.UUID;

/**
 * Makes names of texts that are not to be stored. What people type as their login may be anything,
 * their password included.
 */
public interface Digests {

  /**
   * The same for the same text on all nodes; without a key of the service nobody can compute it.
   */
  UUID of(String text);
}
