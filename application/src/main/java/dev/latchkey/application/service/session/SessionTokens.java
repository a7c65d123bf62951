package dev.latchkey.application.service.session;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The tokens of a session: the pair that its holder gets, and the proof that a refresh token is its
 * own.
 */
public final class SessionTokens {

  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final Duration accessTokenLifetime;

  public SessionTokens(
      RefreshTokens refreshTokens, AccessTokens accessTokens, Duration accessTokenLifetime) {
    if (!accessTokenLifetime.isPositive()) {
      throw new IllegalArgumentException("the lifetime of access tokens must be positive");
    }
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.accessTokenLifetime = accessTokenLifetime;
  }

  /**
   * @param scope the roles of the user that the access token is limited to
   */
  public IssuedTokens issue(
      User user, Session session, Set<Role> scope, Outcome outcome, Instant now) {
    AccessToken accessToken =
        AccessToken.issue(user, session, now, accessTokenLifetime).limitedTo(scope);
    return new IssuedTokens(
        accessTokens.sign(accessToken),
        accessToken,
        refreshTokens.derive(session.currentToken(), session.salt()),
        session,
        outcome);
  }

  /** Whether {@code text} is the text of {@code claimed}, and that a token of {@code session}. */
  boolean isAuthentic(TokenText text, RefreshToken claimed, Session session) {
    return claimed.sessionId().equals(session.id())
        && refreshTokens.derive(claimed, session.salt()).equals(text);
  }
}
