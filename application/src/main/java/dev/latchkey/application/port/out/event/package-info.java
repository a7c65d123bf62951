/** What a service announces to those who watch: logs, metrics, audit. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.event;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
