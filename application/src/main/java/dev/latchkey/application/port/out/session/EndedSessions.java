package dev.latchkey.application.port.out.session;

import java.time.Instant;
import java.util.Optional;

/**
 * Sessions that were revoked or are past their absolute end: the memory of theft, kept for a while.
 */
public interface EndedSessions {

  /**
   * Deletes sessions that ended before that time. Those that somebody else is deleting at this
   * moment are left to them.
   *
   * @param limit how many at most
   * @return how many
   */
  int deleteEndedBefore(Instant time, int limit);

  /** The end of the session that ended longest ago. */
  Optional<Instant> oldestEnd(Instant now);
}
