/** Logging in, exchanging a refresh token, logging out: {@code /api/auth}. */
@NullMarked
package dev.latchkey.adapters.web.auth;

import org.jspecify.annotations.NullMarked;
