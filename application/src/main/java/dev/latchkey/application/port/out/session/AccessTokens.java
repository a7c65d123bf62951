package dev.latchkey.application.port.out.session;

import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import java.util.Optional;

/** Signs access tokens, and recognises those that it signed (RFC 9068). */
public interface AccessTokens {

  TokenText sign(AccessToken token);

  /**
   * Reads an access token whose signature, type, issuer and audience are right. Whether it has
   * expired is for the caller to judge.
   *
   * @return nothing if the text is anything else
   */
  Optional<AccessToken> read(TokenText text);
}
