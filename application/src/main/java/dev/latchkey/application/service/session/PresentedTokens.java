package dev.latchkey.application.service.session;

import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.User;
import java.util.Optional;

/**
 * Finds out which token of which session a text is. The kind is evident from the text itself, so
 * that a caller's hint about it ({@code token_type_hint}, RFC 7009 §2.1, RFC 7662 §2.1) is not
 * needed.
 */
public final class PresentedTokens {

  private final Sessions sessions;
  private final RefreshTokens refreshTokens;
  private final SessionTokens sessionTokens;

  public PresentedTokens(
      Sessions sessions, RefreshTokens refreshTokens, SessionTokens sessionTokens) {
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
    this.sessionTokens = sessionTokens;
  }

  /**
   * What a text says by itself. To be called before a transaction: the key of an access token may
   * have to be read, and no connection should wait for that.
   */
  Reading read(TokenText text) {
    return new Reading(text, refreshTokens.parse(text), sessionTokens.read(text));
  }

  /** Reads and finds, outside of a transaction. */
  Optional<? extends Presented> find(TokenText text) {
    return find(read(text));
  }

  /** Nothing if the text is no authentic token, or the session is gone. */
  Optional<? extends Presented> find(Reading reading) {
    Optional<Refresh> refreshToken = findRefreshToken(reading);
    return refreshToken.isPresent() ? refreshToken : findAccessToken(reading);
  }

  /** The same for refresh tokens alone, current or spent. */
  Optional<Refresh> findRefreshToken(Reading reading) {
    return findRefreshToken(reading.text(), reading.refreshToken());
  }

  /** The session of a refresh token, current or spent; nothing if the text is no authentic one. */
  Optional<Session> findSession(TokenText refreshToken) {
    return findRefreshToken(refreshToken, refreshTokens.parse(refreshToken)).map(Refresh::session);
  }

  private Optional<Refresh> findRefreshToken(TokenText text, Optional<RefreshToken> claim) {
    return claim.flatMap(
        claimed ->
            sessions
                .findWithUser(claimed.sessionId())
                .filter(found -> sessionTokens.isAuthentic(text, claimed, found.session()))
                .map(found -> new Refresh(claimed, found.session(), found.user())));
  }

  private Optional<Access> findAccessToken(Reading reading) {
    return reading
        .accessToken()
        .flatMap(
            token ->
                sessions
                    .findWithUser(token.sessionId())
                    .map(found -> new Access(token, found.session(), found.user())));
  }

  /**
   * A text, read.
   *
   * @param refreshToken which it claims to be; not verified
   * @param accessToken that it is, with a valid signature
   */
  record Reading(
      TokenText text, Optional<RefreshToken> refreshToken, Optional<AccessToken> accessToken) {}

  /**
   * An authentic token, its session and whose it is; whether any of them has ended is for the
   * caller to judge.
   */
  sealed interface Presented {

    Session session();

    User user();
  }

  record Refresh(RefreshToken token, Session session, User user) implements Presented {}

  record Access(AccessToken token, Session session, User user) implements Presented {}
}
