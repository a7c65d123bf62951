package dev.latchkey.domain.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * All limits of one installation.
 *
 * @param password wrong passwords for one login: from unknown devices together, from each known
 *     network, and from each known device
 * @param network wrong passwords and codes from one network, whatever account they were meant for;
 *     it does not apply where the device or the network is known
 * @param failuresToClose wrong passwords in a row from unknown devices that close an account to
 *     them; the same number makes a known device or network unknown (NIST SP 800-63B-4 §3.2.2)
 * @param knownNetwork how long after a log-in its network counts as known
 * @param registration registrations from one network
 * @param mailToAddress mails with codes that anybody can have sent to one address
 * @param mailFromNetwork the same, asked for from one network
 */
public record AttemptPolicy(
    AttemptLimit password,
    AttemptLimit network,
    int failuresToClose,
    Duration knownNetwork,
    AttemptLimit registration,
    AttemptLimit mailToAddress,
    AttemptLimit mailFromNetwork) {

  /** NIST SP 800-63B-4 §3.2.2 allows no more. */
  private static final int MOST_FAILURES = 100;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);
  private static final Duration NETWORK_RECOVERY = Duration.ofMinutes(5);
  private static final Duration REGISTRATION_RECOVERY = Duration.ofSeconds(5);
  private static final Duration MAIL_FIRST_DELAY = Duration.ofMinutes(1);
  private static final Duration MAIL_LONGEST_DELAY = Duration.ofHours(6);
  private static final Duration MAIL_TO_ADDRESS_RECOVERY = Duration.ofHours(1);

  public static final AttemptPolicy DEFAULT = of(5, 50, 100, Duration.ofDays(30), 1000, 3, 50);

  /**
   * @throws IllegalArgumentException if an account could never be closed, or closed at once
   */
  public AttemptPolicy {
    if (failuresToClose <= password.free() || failuresToClose > MOST_FAILURES) {
      throw new IllegalArgumentException(
          "the failures that close an account must be more than are free, and at most 100");
    }
    if (knownNetwork.isNegative()) {
      throw new IllegalArgumentException("a network cannot be known for a negative time");
    }
  }

  /**
   * The policy with these numbers of free attempts, and delays that are the same everywhere.
   *
   * @throws IllegalArgumentException if one of them is out of bounds
   */
  public static AttemptPolicy of(
      int failuresPerLogin,
      int failuresPerNetwork,
      int failuresToClose,
      Duration knownNetwork,
      int registrationsPerNetwork,
      int mailsPerAddress,
      int mailsPerNetwork) {
    return new AttemptPolicy(
        new AttemptLimit(failuresPerLogin, FIRST_DELAY, LONGEST_DELAY, null),
        new AttemptLimit(failuresPerNetwork, FIRST_DELAY, LONGEST_DELAY, NETWORK_RECOVERY),
        failuresToClose,
        knownNetwork,
        new AttemptLimit(
            registrationsPerNetwork, FIRST_DELAY, LONGEST_DELAY, REGISTRATION_RECOVERY),
        new AttemptLimit(
            mailsPerAddress, MAIL_FIRST_DELAY, MAIL_LONGEST_DELAY, MAIL_TO_ADDRESS_RECOVERY),
        new AttemptLimit(mailsPerNetwork, FIRST_DELAY, LONGEST_DELAY, NETWORK_RECOVERY));
  }

  /** Whether there were as many wrong passwords in a row as close an account. */
  public boolean isUsedUp(@Nullable AttemptCount wrong) {
    return wrong != null && wrong.count() >= failuresToClose;
  }
}
