/**
 * A small service with users' tasks: the example of a resource server that is secured with
 * Latchkey.
 *
 * <p>It knows Latchkey by HTTP alone. What checks access tokens is in {@link
 * dev.latchkey.examples.tasks.access}, what refusals look like in {@link
 * dev.latchkey.examples.tasks.problem}; here is the service itself.
 */
@NullMarked
package dev.latchkey.examples.tasks;

import org.jspecify.annotations.NullMarked;
