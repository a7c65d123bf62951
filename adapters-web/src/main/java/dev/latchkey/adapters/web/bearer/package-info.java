/**
 * The bearer of an access token: how the token is read, what a refusal says.
 *
 * <p>This package ties Micronaut Security to the use case {@code AuthenticateBearer}, which decides
 * whether a token is valid.
 */
@NullMarked
package dev.latchkey.adapters.web.bearer;

import org.jspecify.annotations.NullMarked;
