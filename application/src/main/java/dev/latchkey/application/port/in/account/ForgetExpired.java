package dev.latchkey.application.port.in.account;

/**
 * Deletes what is kept for a while only: counts of attempts, codes, registrations that were not
 * confirmed, and the names of deleted accounts; for a job that repeats it.
 */
public interface ForgetExpired {

  Result execute();

  sealed interface Result {

    /**
     * @param count how many there were
     */
    record Forgotten(int count) implements Result {}

    /** The time cannot be relied on: nothing is deleted. */
    record Suspended() implements Result {}
  }
}
