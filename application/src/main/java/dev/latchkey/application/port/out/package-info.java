/**
 * What the use cases need from the outside: storage, cryptography, identifiers. The time is one of
 * the JDK's own ports, {@link java.time.InstantSource}; {@code TrustedTime} is for what cannot be
 * undone.
 *
 * <p>Each port states what every adapter must keep to; the contracts in the testkit check it. Does
 * not belong here: types of any technology that an adapter is made of.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
