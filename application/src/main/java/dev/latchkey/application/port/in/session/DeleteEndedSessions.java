package dev.latchkey.application.port.in.session;

import java.time.Duration;

/**
 * Deletes sessions that ended so long ago that nobody asks about them. Any number of nodes may do
 * so at once.
 */
public interface DeleteEndedSessions {

  Result execute();

  sealed interface Result {

    /**
     * @param count of sessions that this execution deleted
     * @param lag how long the oldest session that is left should have been gone; zero if there is
     *     none
     */
    record Deleted(int count, Duration lag) implements Result {}

    /** Nothing was deleted, because the time cannot be relied on. */
    record Suspended() implements Result {}
  }
}
