/**
 * The check of Latchkey's access tokens at a service that accepts them, without any framework:
 * start with {@link dev.latchkey.resourceserver.ResourceServer}.
 */
@NullMarked
package dev.latchkey.resourceserver;

import org.jspecify.annotations.NullMarked;
