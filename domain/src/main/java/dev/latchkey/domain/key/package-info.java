/**
 * The keys that sign access tokens, and their life: pending, active, retiring, retired.
 *
 * <p>Belongs here: when a key signs, how long it is published and when the next one is due, all of
 * it in {@link dev.latchkey.domain.key.SigningKeySchedule}. Does not belong here: how keys are
 * generated, encrypted and used (port {@code SigningKeySeal}), where they are stored (port {@code
 * SigningKeys}), and when a node reads them (the application's {@code SigningKeyRing}).
 */
@NullMarked
package dev.latchkey.domain.key;

import org.jspecify.annotations.NullMarked;
