/**
 * The door: how bodies are read and fields are checked before a use case hears of them.
 *
 * <p>Nothing passes that is not exactly what the API describes. Here do not belong the rules themselves; those are the
 * domain's.
 */
@NullMarked
package dev.latchkey.adapters.web.request;

import org.jspecify.annotations.NullMarked;
