/**
 * The keys that sign access tokens, and their life: pending, active, retiring, retired.
 *
 * <p>Belongs here: when a key signs, how long it is published and when the next one is due, all of
 * it in {@link dev.latchkey.domain.key.SigningKeySchedule}. Does not belong here: the keys' bits
 * (port {@code SigningKeyFactory}), and how they are stored and kept secret (port {@code
 * SigningKeys}).
 */
@NullMarked
package dev.latchkey.domain.key;

import org.jspecify.annotations.NullMarked;
