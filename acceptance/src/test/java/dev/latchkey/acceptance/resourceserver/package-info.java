/**
 * Resource servers on others' libraries, as {@code docs/checking-tokens.md} shows them, called over
 * HTTP with the access tokens of the real service. What the document quotes stands between the
 * comments {@code docs: name} and {@code end}.
 */
@NullMarked
package dev.latchkey.acceptance.resourceserver;

import org.jspecify.annotations.NullMarked;
