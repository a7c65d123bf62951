/**
 * The domain: what a user, a session, a refresh token and a signing key are, and the rules for
 * them.
 *
 * <p>It consists of immutable types and pure functions on the JDK's module java.base. Time is
 * passed in; randomness, storage, HTTP, cryptographic keys and frameworks are the business of other
 * modules.
 */
@NullMarked
package dev.latchkey.domain;

import org.jspecify.annotations.NullMarked;
