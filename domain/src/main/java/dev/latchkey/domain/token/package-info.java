/**
 * Tokens as they travel: the claims of an access token, and until when it is accepted.
 *
 * <p>Does not belong here: signatures (port {@code AccessTokens}), and refresh tokens, whose rules
 * are those of their {@link dev.latchkey.domain.session session}.
 */
@NullMarked
package dev.latchkey.domain.token;

import org.jspecify.annotations.NullMarked;
