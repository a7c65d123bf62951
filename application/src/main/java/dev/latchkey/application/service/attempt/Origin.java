package dev.latchkey.application.service.attempt;

import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptLimit;
import dev.latchkey.domain.attempt.AttemptPolicy;
import java.util.Map;
import java.util.Set;

/** Where a password comes from, as its account sees it; each has guesses of its own. */
sealed interface Origin {

  /** What a wrong password counts under. */
  Map<AttemptKey, AttemptLimit> limits();

  /** The counts that a right password ends. */
  Set<AttemptKey> endedBySuccess();

  /** Whether even the right password is refused. */
  boolean isClosed(Map<AttemptKey, AttemptCount> tried);

  /**
   * A device or a network that the account is known to use.
   *
   * @param limits under the one key of that device or network
   */
  record Known(Map<AttemptKey, AttemptLimit> limits) implements Origin {

    static Known by(AttemptKey key, AttemptPolicy policy) {
      return new Known(Map.of(key, policy.password()));
    }

    @Override
    public Set<AttemptKey> endedBySuccess() {
      return limits.keySet();
    }

    @Override
    public boolean isClosed(Map<AttemptKey, AttemptCount> tried) {
      return false;
    }
  }

  /**
   * Anywhere else.
   *
   * @param login whatever the account was called: two of its names do not share delays, or one
   *     could find out which belong together
   * @param account both names together
   */
  record Unknown(AttemptKey login, AttemptKey account, AttemptKey network, AttemptPolicy policy)
      implements Origin {

    @Override
    public Map<AttemptKey, AttemptLimit> limits() {
      return Map.of(
          login, policy.password(), account, AttemptLimit.NONE, network, policy.network());
    }

    /** Not that of the network: whoever guesses may well have an account. */
    @Override
    public Set<AttemptKey> endedBySuccess() {
      return Set.of(login, account);
    }

    @Override
    public boolean isClosed(Map<AttemptKey, AttemptCount> tried) {
      return policy.isUsedUp(tried.get(account));
    }
  }
}
