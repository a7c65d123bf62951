/**
 * The description of the HTTP interface: what {@code /openapi} serves and {@code /swagger-ui}
 * shows.
 */
@NullMarked
package dev.latchkey.adapters.web.openapi;

import org.jspecify.annotations.NullMarked;
