/**
 * The life of the signing keys: prepare them at start, maintain them periodically, rotate on
 * request, list, and publish the public parts.
 */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.in.key;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
