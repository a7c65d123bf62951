/**
 * The session, its refresh tokens, and the decision that an exchange asks for.
 *
 * <p>Belongs here: the rules of rotation, all of them in {@link
 * dev.latchkey.domain.session.Session#exchange}. Does not belong here: how the text of a token is
 * derived and recognised (port {@code RefreshTokens}), and how two exchanges at once are kept apart
 * (port {@code Sessions}).
 */
@NullMarked
package dev.latchkey.domain.session;

import org.jspecify.annotations.NullMarked;
