package dev.latchkey.application.port.out.account;

import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hashes passwords, slowly on purpose, and beneath everything else that the service does: whoever
 * guesses passwords must not slow down those who exchange tokens. Only so many callers compute or
 * wait at a time.
 */
public interface PasswordHasher {

  /**
   * Does work that hashes, if its turn comes soon. Ask before anything is read for the work, so
   * that refusing is cheap. Networks take turns: however many callers wait in one of them, a caller
   * from another waits for one of theirs at a time, and finds room.
   *
   * @param network that asks for the work
   * @return what the work returns; nothing if too many others compute or wait already, or the
   *     calling thread was interrupted while it waited
   */
  <T> Optional<T> admit(ClientNetwork network, Function<Turn, T> work);

  /**
   * What an admitted caller may do, as often as it needs to. Calls return when the hash is
   * computed.
   */
  interface Turn {

    PasswordHash hash(Password password);

    /**
     * Compares a password with a hash. A comparison that fails, as one without a hash always does,
     * costs what the dearest hash in use costs: its time says neither whether there is a hash nor
     * how old that is.
     *
     * @param inUse one hash of each cost that is in use
     */
    Comparison compare(
        Password password, Optional<PasswordHash> hash, Collection<PasswordHash> inUse);
  }

  /** What came of a comparison. */
  enum Comparison {
    MATCH,

    /**
     * It matches a hash that costs something other than new hashes do: the time to replace it is
     * now.
     */
    OUTDATED_MATCH,
    MISMATCH
  }
}
