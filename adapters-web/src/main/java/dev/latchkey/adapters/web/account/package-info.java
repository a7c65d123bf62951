/** Opening an account and looking at one's own: {@code /api/accounts}. */
@NullMarked
package dev.latchkey.adapters.web.account;

import org.jspecify.annotations.NullMarked;
