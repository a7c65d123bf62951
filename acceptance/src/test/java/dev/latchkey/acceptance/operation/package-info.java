/**
 * What those who run the service rely on: settings, outages, overload, metrics, and that no secret
 * is left behind.
 */
@NullMarked
package dev.latchkey.acceptance.operation;

import org.jspecify.annotations.NullMarked;
