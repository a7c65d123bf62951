package dev.latchkey.domain.session;

import org.jspecify.annotations.Nullable;

/**
 * Ties a session to a key of its device, from its first token on (RFC 9449 §5). Only a log-in or a
 * registration binds; an exchange never does, or a thief could take a session over for good.
 *
 * @param key whose private half never leaves the device
 * @param coversAccessTokens whether access tokens need a proof of the key as well (RFC 9449 §6);
 *     else they are bearer tokens, and the refresh token alone is bound
 */
public record Binding(KeyThumbprint key, boolean coversAccessTokens) {

  /**
   * Whether a caller that has proven possession of this key, or of none, may act for the session.
   */
  public boolean isProvenBy(@Nullable KeyThumbprint proven) {
    return key.equals(proven);
  }
}
