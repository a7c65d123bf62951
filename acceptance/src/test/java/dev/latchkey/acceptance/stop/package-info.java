/** Nodes that are stopped, one after the other, while others are served. */
@NullMarked
package dev.latchkey.acceptance.stop;

import org.jspecify.annotations.NullMarked;
