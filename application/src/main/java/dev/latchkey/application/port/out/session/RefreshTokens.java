package dev.latchkey.application.port.out.session;

import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.token.TokenText;
import java.util.Optional;

/**
 * Writes refresh tokens. A text is derived from the name of its token, the session's salt and a
 * master key: the same three always give the same text, and without all three nobody can compute
 * it. So no text is ever stored, and the successor of a spent token can be issued again.
 */
public interface RefreshTokens {

  /** The master key that new refresh tokens are derived with. */
  MasterKeyId currentKeyId();

  /**
   * Reads which token a text claims to be. That verifies nothing: the text is authentic only if it
   * equals what {@link #derive} gives.
   *
   * @return nothing if the text is not formed like a refresh token, or names a master key that is
   *     not known
   */
  Optional<RefreshToken> parse(TokenText text);

  /**
   * @throws IllegalArgumentException if the master key is not known
   */
  TokenText derive(RefreshToken token, Salt salt);
}
