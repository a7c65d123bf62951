/**
 * The programs that ask for tokens or about them, as OAuth 2.0 has them (RFC 6749 §2).
 *
 * <p>Here belongs who a client is and how it proves that. Here does not belong which clients there are: that is
 * configuration (port {@code RegisteredClients}).
 */
@NullMarked
package dev.latchkey.domain.client;

import org.jspecify.annotations.NullMarked;
