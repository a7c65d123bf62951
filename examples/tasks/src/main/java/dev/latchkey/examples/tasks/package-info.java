/**
 * A small service with users' tasks: the example of a resource server that is secured with
 * Latchkey.
 *
 * <p>It knows Latchkey by HTTP alone. A dependency checks access tokens, the kit {@code
 * latchkey-micronaut}; what other refusals look like is in {@link
 * dev.latchkey.examples.tasks.problem}; here is the service itself.
 */
@NullMarked
package dev.latchkey.examples.tasks;

import org.jspecify.annotations.NullMarked;
