/**
 * The use cases of {@link dev.latchkey.application.port.in.session}, and what they share.
 *
 * <p>{@code SessionStarter} starts a session, {@code SessionTokens} issues its tokens, {@code
 * PresentedTokens} finds the session and the user that a token belongs to, {@code SessionRevoker}
 * ends sessions. All that decides about an exchange is in the domain.
 */
@NullMarked
package dev.latchkey.application.service.session;

import org.jspecify.annotations.NullMarked;
