/** The devices that users are logged in on: {@code /api/sessions}. */
@NullMarked
package dev.latchkey.adapters.web.session;

import org.jspecify.annotations.NullMarked;
