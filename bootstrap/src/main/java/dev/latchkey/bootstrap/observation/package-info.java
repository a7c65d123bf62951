/**
 * What operators see: logs, metrics, health. The adapter of the port {@code SecurityEvents} is
 * here.
 */
@NullMarked
package dev.latchkey.bootstrap.observation;

import org.jspecify.annotations.NullMarked;
