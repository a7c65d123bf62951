/**
 * What an exchange computes, without a server, a database and a network: benchmarks that JMH runs.
 */
@NullMarked
package dev.latchkey.benchmarks.pure;

import org.jspecify.annotations.NullMarked;
