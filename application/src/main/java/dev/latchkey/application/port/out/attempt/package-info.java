/** The store of how often something was tried. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.attempt;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
