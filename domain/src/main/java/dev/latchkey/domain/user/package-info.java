/**
 * A person's account: identity, names, password, roles and status.
 *
 * <p>Belongs here: the values that make up a {@link dev.latchkey.domain.user.User}, and the rules
 * for their texts. Each that comes from outside as text has a {@code parse}, which returns it or
 * the rule that the text breaks. Does not belong here: how a password is hashed or where a user is
 * stored.
 */
@NullMarked
package dev.latchkey.domain.user;

import org.jspecify.annotations.NullMarked;
