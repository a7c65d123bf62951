/**
 * The session, its refresh tokens, and the decision that an exchange asks for.
 *
 * <p>Here belong the rules of rotation: {@link dev.latchkey.domain.session.Session#exchange} is the whole of them.
 * Here does not belong how a token is written down and proven authentic (port {@code RefreshTokens}), nor how two
 * exchanges at once are kept apart (port {@code Sessions}).
 */
@NullMarked
package dev.latchkey.domain.session;

import org.jspecify.annotations.NullMarked;
