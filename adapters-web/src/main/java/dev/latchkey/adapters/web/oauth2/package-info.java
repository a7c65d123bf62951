/**
 * What standard OAuth 2.0 clients and resource servers call: token, revocation and introspection endpoints and the
 * metadata that names them (RFC 6749, 7009, 7662, 8414).
 *
 * <p>Here belong the shapes of these RFCs. Here does not belong what the calls do: that is the same use cases as under
 * {@code /api}, and the calls do not stand in the description of the API: who speaks them goes by the RFCs, and finds
 * them by the metadata.
 */
@NullMarked
package dev.latchkey.adapters.web.oauth2;

import org.jspecify.annotations.NullMarked;
