/**
 * The signing keys as others see them: resource servers the public parts, as a JWK set that they
 * may cache; administrators their states.
 *
 * <p>Belongs here: the key set and the headers for caches. Does not belong here: the form of a
 * single key, which the port {@code PublishVerificationKeys} returns as a JWK; and which keys are
 * published and for how long, which follows from the life of a key ({@code SigningKeySchedule} in
 * the domain).
 */
@NullMarked
package dev.latchkey.adapters.web.key;

import org.jspecify.annotations.NullMarked;
