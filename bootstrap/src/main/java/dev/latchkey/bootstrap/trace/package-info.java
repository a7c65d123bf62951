/** Spans of requests, for an OpenTelemetry collector; nothing of it exists unless there is one. */
@NullMarked
package dev.latchkey.bootstrap.trace;

import org.jspecify.annotations.NullMarked;
