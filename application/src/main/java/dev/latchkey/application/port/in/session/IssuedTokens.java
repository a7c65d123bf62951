package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;

/**
 * What a log-in or an exchange returns to the client.
 *
 * @param accessToken what the signed text says
 * @param session as it is after this
 */
public record IssuedTokens(
    TokenText accessTokenText,
    AccessToken accessToken,
    TokenText refreshTokenText,
    Session session,
    Outcome outcome) {

  /** How the refresh token came about. */
  public enum Outcome {
    /** The first of a new session. */
    ISSUED,
    /** The successor of the one presented, which is spent now. */
    ROTATED,
    /** The successor of the one presented, re-issued. */
    RETRIED
  }
}
