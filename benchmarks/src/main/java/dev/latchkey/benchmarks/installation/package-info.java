/**
 * What is measured: the service and its database, each in processes of its own, and their costs.
 */
@NullMarked
package dev.latchkey.benchmarks.installation;

import org.jspecify.annotations.NullMarked;
