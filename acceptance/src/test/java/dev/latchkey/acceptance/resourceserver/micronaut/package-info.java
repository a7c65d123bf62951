/**
 * A resource server on Micronaut Security. No other context has its beans: they wait for their
 * environment.
 */
@Configuration
@Requires(env = MicronautServer.ENVIRONMENT)
@NullMarked
package dev.latchkey.acceptance.resourceserver.micronaut;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
