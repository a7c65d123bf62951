/**
 * Which client a request comes from.
 *
 * <p>Here belongs how a client names and proves itself in HTTP (RFC 6749 §2.3). Here does not belong whether the proof
 * is good (use case {@code AuthenticateClient}).
 */
@NullMarked
package dev.latchkey.adapters.web.client;

import org.jspecify.annotations.NullMarked;
