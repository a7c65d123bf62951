/**
 * Which client a request comes from.
 *
 * <p>Belongs here: how a client authenticates over HTTP (RFC 6749 §2.3). Does not belong here:
 * whether that succeeds (use case {@code AuthenticateClient}).
 */
@NullMarked
package dev.latchkey.adapters.web.client;

import org.jspecify.annotations.NullMarked;
