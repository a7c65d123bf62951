/**
 * What standard OAuth 2.0 clients and resource servers call: token, revocation and introspection
 * endpoints and the metadata that names them (RFC 6749, 7009, 7662, 8414).
 *
 * <p>Belongs here: the formats of these RFCs. What the calls do is the same use cases as under
 * {@code /api}. These endpoints are left out of the OpenAPI description; their clients follow the
 * RFCs and find them by the metadata.
 */
@NullMarked
package dev.latchkey.adapters.web.oauth2;

import org.jspecify.annotations.NullMarked;
