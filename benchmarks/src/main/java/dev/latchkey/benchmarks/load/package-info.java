/**
 * Load by virtual users, each of whom waits for an answer before the next request (a closed loop).
 * It shares the processors with what it measures, so it does as little as possible.
 */
@NullMarked
package dev.latchkey.benchmarks.load;

import org.jspecify.annotations.NullMarked;
