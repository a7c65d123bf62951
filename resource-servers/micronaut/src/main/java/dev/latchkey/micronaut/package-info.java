/**
 * Micronaut Security that accepts Latchkey's access tokens: one dependency, and {@code
 * latchkey.issuer}.
 */
@Configuration
@NullMarked
package dev.latchkey.micronaut;

import io.micronaut.context.annotation.Configuration;
import org.jspecify.annotations.NullMarked;
