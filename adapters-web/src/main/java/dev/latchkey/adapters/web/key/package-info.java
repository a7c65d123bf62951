/**
 * The public keys that resource servers check access tokens with, as a JWK set that they may cache.
 *
 * <p>Here belongs the form of a key and what a cache is told. Which keys are published, and for how long they may be
 * gone by, is decided by the use case {@code PublishVerificationKeys}.
 */
@NullMarked
package dev.latchkey.adapters.web.key;

import org.jspecify.annotations.NullMarked;
