/**
 * A person's account: identity, names, password, roles and status.
 *
 * <p>Belongs here: the values that make up a {@link dev.latchkey.domain.user.User}, and the rules
 * for their texts. Every value type refuses to be built from a text that breaks its rule, and
 * {@code violationOf} says beforehand which rule that would be. Does not belong here: how a
 * password is hashed or where a user is stored.
 */
@NullMarked
package dev.latchkey.domain.user;

import org.jspecify.annotations.NullMarked;
