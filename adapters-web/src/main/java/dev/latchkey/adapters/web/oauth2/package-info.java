/**
 * What standard OAuth 2.0 clients and resource servers call: token, revocation and introspection endpoints and the
 * metadata that names them (RFC 6749, 7009, 7662, 8414).
 *
 * <p>Here belong the shapes of these RFCs. Here does not belong what the calls do: that is the same use cases as under
 * {@code /api}.
 */
@NullMarked
package dev.latchkey.adapters.web.oauth2;

import org.jspecify.annotations.NullMarked;
