/**
 * The feed of ended sessions, for resource servers: a signed document, and the requests that wait
 * for the next one.
 */
@NullMarked
package dev.latchkey.adapters.web.ended;

import org.jspecify.annotations.NullMarked;
