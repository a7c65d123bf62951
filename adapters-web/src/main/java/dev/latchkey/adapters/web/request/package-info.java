/**
 * The door: how bodies are read and fields are checked before a use case is called.
 *
 * <p>Nothing passes that is not exactly what the API describes. The rules themselves are the
 * domain's.
 */
@NullMarked
package dev.latchkey.adapters.web.request;

import org.jspecify.annotations.NullMarked;
