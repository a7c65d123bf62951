package dev.latchkey.application.port.out;

import dev.latchkey.application.port.StorageUnavailableException;
import java.util.function.Supplier;

/**
 * All or nothing. Statements outside of a transaction commit one by one. Inside, each statement
 * sees what others have committed until then (read committed).
 */
public interface Transactions {

  /**
   * Does the work in one transaction, or as part of the one that is already under way on this
   * thread. A result commits, whatever it says; an exception rolls back.
   *
   * @throws StorageUnavailableException if the store cannot be reached or does not answer; whether
   *     the work was committed is then unknown
   */
  <T> T execute(Supplier<T> work);
}
