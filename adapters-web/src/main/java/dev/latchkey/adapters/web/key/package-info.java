/**
 * The signing keys as others see them: resource servers the public parts, as a JWK set that they may cache;
 * administrators their states.
 *
 * <p>Here belongs the form of a key and what a cache is told. Here does not belong which keys are published and for how
 * long: that follows from the life of a key ({@code SigningKeySchedule} in the domain).
 */
@NullMarked
package dev.latchkey.adapters.web.key;

import org.jspecify.annotations.NullMarked;
