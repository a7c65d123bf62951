package dev.latchkey.application.port.out.event;

import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an account, a session or the service's keys and that its owner or an
 * operator may want to know. It never holds a token or a password.
 *
 * @param userId whose account it concerns, if that is known; in {@link Type#LOGIN_REFUSED} the
 *     account that the log-in was tried on
 * @param sessionId if it is proven which session is concerned
 * @param generationsBehind in an exchange, how many generations the presented token is behind the
 *     current one
 * @param clientAddress where the request came from, if that is known
 */
public record SecurityEvent(
    Type type,
    @Nullable UserId userId,
    @Nullable SessionId sessionId,
    @Nullable Integer generationsBehind,
    @Nullable String clientAddress,
    Instant at) {

  /** What happened. */
  public enum Type {
    REGISTERED,
    LOGGED_IN,
    LOGIN_REFUSED,
    EXCHANGE_ROTATED,
    EXCHANGE_RETRIED,
    EXCHANGE_UNKNOWN,
    EXCHANGE_EXPIRED,
    EXCHANGE_REVOKED,
    EXCHANGE_REUSE_DETECTED,
    EXCHANGE_OVERTAKEN,
    EXCHANGE_ACCESS_TOKEN_MISMATCH,
    EXCHANGE_TOO_EARLY,
    EXCHANGE_OTHER_CLIENT,
    EXCHANGE_SCOPE_TOO_WIDE,
    SESSION_REVOKED,
    SESSION_SUPERSEDED,
    REVOCATION_OTHER_CLIENT,
    CLIENT_REFUSED,
    ROLE_GRANTED,
    ROLE_WITHDRAWN,
    SIGNING_KEY_ADDED,

    /** From now on nothing is deleted or erased, and no key is added by itself. */
    TIME_DISTRUSTED,

    /** Things take their course again. */
    TIME_TRUSTED_AGAIN
  }
}
