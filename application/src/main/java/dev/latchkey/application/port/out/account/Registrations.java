package dev.latchkey.application.port.out.account;

import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Accounts that are to be opened once their address is verified. Their user names are theirs
 * meanwhile. An address may have several, and may even be that of an account: who registers is not
 * told.
 */
public interface Registrations {

  /**
   * Adds one, unless its user name belongs to a user, to another registration that has not expired
   * at {@code user.createdAt()}, or is not free again.
   *
   * @param user who is to be one: active, with the role {@code user} and an address that is not
   *     verified
   * @param expiresAt from when on it does not count any more
   * @return never {@code EMAIL_TAKEN}
   */
  Addition add(User user, Instant expiresAt);

  Optional<User> find(UserId id);

  /** Those of an address that have not expired, the oldest first. */
  List<User> findByEmail(EmailAddress email, Instant now);

  /**
   * Takes one out, to become a user.
   *
   * @return nothing if there is none, or somebody else was faster
   */
  Optional<User> take(UserId id);

  /**
   * @param limit how many at most
   * @return how many
   */
  int deleteExpiredBefore(Instant time, int limit);
}
