/**
 * The bearer of an access token: how the token is read, what a refusal says.
 *
 * <p>Here belongs what ties Micronaut Security to the use case {@code AuthenticateBearer}. Whether a token is good is
 * decided there, not here.
 */
@NullMarked
package dev.latchkey.adapters.web.bearer;

import org.jspecify.annotations.NullMarked;
