/**
 * The boundaries of the hexagon, checked. Each rule stands for one sentence of the architecture.
 */
@NullMarked
package dev.latchkey.acceptance.architecture;

import org.jspecify.annotations.NullMarked;
