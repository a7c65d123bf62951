/**
 * How bodies are read and fields are checked before a use case is called.
 *
 * <p>Anything that the API does not describe is rejected. The rules themselves are the domain's:
 * {@code Fields} collects the violations that {@code parse} returns.
 */
@NullMarked
package dev.latchkey.adapters.web.request;

import org.jspecify.annotations.NullMarked;
