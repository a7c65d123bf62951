/**
 * The keys that sign access tokens, and their life: pending, active, retiring, retired.
 *
 * <p>Here belongs when a key signs, how long it is published and when the next one is due:
 * {@link dev.latchkey.domain.key.SigningKeySchedule} is the whole of it. Here do not belong the keys' bits (port
 * {@code SigningKeyFactory}), nor how they are stored and kept secret (port {@code SigningKeys}).
 */
@NullMarked
package dev.latchkey.domain.key;

import org.jspecify.annotations.NullMarked;
