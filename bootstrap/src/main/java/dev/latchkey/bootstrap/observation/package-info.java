/** What operators see: logs, metrics, health. */
@NullMarked
package dev.latchkey.bootstrap.observation;

import org.jspecify.annotations.NullMarked;
