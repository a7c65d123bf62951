/**
 * The programs that ask for tokens or about them, as OAuth 2.0 has them (RFC 6749 §2).
 *
 * <p>Belongs here: what a client is and how it authenticates. Does not belong here: which clients
 * there are, which is configuration (port {@code RegisteredClients}).
 */
@NullMarked
package dev.latchkey.domain.client;

import org.jspecify.annotations.NullMarked;
