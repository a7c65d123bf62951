/** What the use cases report to those who monitor the service: logs, metrics, audit. */
@NullMarked
@CheckReturnValue
package dev.latchkey.application.port.out.event;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
