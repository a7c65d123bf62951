package dev.latchkey.application.port.out.session;

import dev.latchkey.domain.session.EndedSession;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sessions that were revoked or are past their absolute end: the memory of theft, kept for a while.
 * Of sessions that are deleted with their account, the ids are remembered, for as long as somebody
 * may still present one of their access tokens.
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

  /**
   * The sessions that were revoked, or deleted with their account, after that time, as far as that
   * is committed; the latest first. Those that ended of themselves are not among them.
   *
   * @param limit how many at most
   */
  List<EndedSession> latest(Instant after, int limit);

  /**
   * Remembers that the sessions of a user ended, for {@link #latest}; in the transaction that
   * deletes the user. Those that were revoked before ended then.
   */
  void rememberThoseOf(UserId userId, Instant at);

  /**
   * Deletes what is remembered of sessions that were deleted before that time.
   *
   * @param limit how many at most
   * @return how many
   */
  int forgetRememberedBefore(Instant time, int limit);
}
