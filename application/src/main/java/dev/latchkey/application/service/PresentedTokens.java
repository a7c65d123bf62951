package dev.latchkey.application.service;

import dev.latchkey.application.port.out.AccessTokens;
import dev.latchkey.application.port.out.RefreshTokens;
import dev.latchkey.application.port.out.Sessions;
import dev.latchkey.domain.session.AccessToken;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.TokenText;
import java.util.Optional;

/**
 * Finds out which token of which session a text is. The text itself tells its kind, so that a caller's hint about it
 * ({@code token_type_hint}, RFC 7009 §2.1, RFC 7662 §2.1) is not needed.
 */
public final class PresentedTokens {

  private final Sessions sessions;
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final SessionTokens sessionTokens;

  public PresentedTokens(
      Sessions sessions, RefreshTokens refreshTokens, AccessTokens accessTokens, SessionTokens sessionTokens) {
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.sessionTokens = sessionTokens;
  }

  /** Nothing if the text is no authentic token, or the session is gone. */
  Optional<? extends Presented> find(TokenText text) {
    Optional<Refresh> refreshToken = findRefreshToken(text);
    return refreshToken.isPresent() ? refreshToken : findAccessToken(text);
  }

  /** The same for refresh tokens alone, current or spent. */
  Optional<Refresh> findRefreshToken(TokenText text) {
    return refreshTokens
        .parse(text)
        .flatMap(
            claimed ->
                sessions
                    .find(claimed.sessionId())
                    .filter(session -> sessionTokens.isAuthentic(text, claimed, session))
                    .map(session -> new Refresh(claimed, session)));
  }

  private Optional<Access> findAccessToken(TokenText text) {
    return accessTokens
        .read(text)
        .flatMap(token -> sessions.find(token.sessionId()).map(session -> new Access(token, session)));
  }

  /** An authentic token and its session; whether either of them has ended is for the caller to judge. */
  sealed interface Presented {

    Session session();
  }

  record Refresh(RefreshToken token, Session session) implements Presented {}

  record Access(AccessToken token, Session session) implements Presented {}
}
