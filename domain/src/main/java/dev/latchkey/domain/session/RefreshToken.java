package dev.latchkey.domain.session;

import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.token.TokenText;
import java.time.Instant;

/**
 * Names one refresh token: which one, of which session, derived with which master key. It is not
 * the secret itself; that is the {@link TokenText} which the port {@code RefreshTokens} derives
 * from this name and the session's salt.
 */
public record RefreshToken(SessionId sessionId, Generation generation, MasterKeyId masterKeyId) {

  /**
   * Whether an exchange of this token would simply rotate: it is the current one of a session that
   * is active. A spent token is not active, although its retry may still be answered.
   */
  public boolean isActive(Session session, Instant now) {
    return session.isActive(now) && session.currentToken().equals(this);
  }
}
