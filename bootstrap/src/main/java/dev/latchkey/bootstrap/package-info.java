/**
 * The composition root: {@code main}, the settings, and the wiring of use cases to adapters.
 *
 * <p>This is the only module that knows all others, and no module of the product knows it. Does not
 * belong here: anything that a use case or an adapter could do.
 */
@NullMarked
package dev.latchkey.bootstrap;

import org.jspecify.annotations.NullMarked;
