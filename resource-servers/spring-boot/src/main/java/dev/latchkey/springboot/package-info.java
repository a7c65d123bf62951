/**
 * Spring Security that accepts Latchkey's access tokens: one dependency, and {@code
 * latchkey.issuer}.
 */
@NullMarked
package dev.latchkey.springboot;

import org.jspecify.annotations.NullMarked;
