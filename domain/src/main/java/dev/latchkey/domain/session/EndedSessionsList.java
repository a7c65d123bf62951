package dev.latchkey.domain.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one document of the feed says.
 *
 * @param asOf every end that was recorded before this is known to it, in milliseconds
 * @param since only ends that may have been recorded after this are named; null: all
 * @param window for how long an ended session is named; longer than any access token lives
 * @param notBefore access tokens that were issued in this second or earlier are refused, because
 *     not all sessions are named; null: all are
 */
public record EndedSessionsList(
    Instant asOf,
    @Nullable Instant since,
    List<SessionId> sessions,
    Duration window,
    @Nullable Instant notBefore) {

  public EndedSessionsList {
    sessions = List.copyOf(sessions);
  }
}
