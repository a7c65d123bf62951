/**
 * What a connection must keep to before its requests are routed: one reading of every request, and
 * time limits; and how it ends when the service stops.
 */
@NullMarked
package dev.latchkey.adapters.web.connection;

import org.jspecify.annotations.NullMarked;
