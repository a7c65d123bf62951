/**
 * How fast the service is: programs for the person at the terminal. They put load on the service in
 * a process of its own, and measure in the same run what the hardware would allow.
 */
@NullMarked
package dev.latchkey.benchmarks;

import org.jspecify.annotations.NullMarked;
