package dev.latchkey.application.port.out.session;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import java.util.Optional;
import java.util.function.Function;

/** Writes access tokens, and recognises those that it wrote (RFC 9068). */
public interface AccessTokens {

  TokenText sign(AccessToken token, OpenedSigningKey key);

  /**
   * Reads an access token whose signature, type, issuer and audience are right. Whether it has
   * expired is for the caller to judge.
   *
   * @param keys finds a key by its {@code kid}
   * @return nothing if the text is anything else
   */
  Optional<AccessToken> read(TokenText text, Function<String, Optional<OpenedSigningKey>> keys);
}
