/**
 * Constructs the use cases and the adapters that know no framework, and chooses the storage.
 *
 * <p>The web and persistence adapters know the framework and are found by it: their classes are
 * beans of their own. So no line here constructs them; they are on the class path, and what they
 * need is constructed here.
 */
@NullMarked
package dev.latchkey.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
