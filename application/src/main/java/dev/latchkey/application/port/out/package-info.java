/**
 * What the use cases need from the outside: storage, cryptography, identifiers.
 *
 * <p>Each port says what every adapter must keep to; the contracts in the testkit check it. Here do not belong types of
 * any technology that an adapter is made of.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
