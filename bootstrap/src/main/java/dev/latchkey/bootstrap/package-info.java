/**
 * The composition root: {@code main}, the settings, and the wiring of use cases to adapters.
 *
 * <p>This is the only place that knows every module, and nothing knows it. Does not belong here:
 * anything that a use case or an adapter could do.
 */
@NullMarked
package dev.latchkey.bootstrap;

import org.jspecify.annotations.NullMarked;
