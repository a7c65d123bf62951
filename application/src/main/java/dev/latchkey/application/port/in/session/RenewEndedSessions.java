package dev.latchkey.application.port.in.session;

import dev.latchkey.application.port.StorageUnavailableException;

/**
 * Reads which sessions have ended, if anybody listens: for a job that repeats it several times a
 * second. However many listen, this is one statement.
 */
public interface RenewEndedSessions {

  /**
   * @throws StorageUnavailableException if the store does not answer; what is known stays
   */
  Result execute();

  sealed interface Result {

    /**
     * @param version of the documents that are published now
     */
    record Read(long version) implements Result {}

    /** Nobody has asked for a minute, so nothing was read. */
    record NobodyListens() implements Result {}
  }
}
