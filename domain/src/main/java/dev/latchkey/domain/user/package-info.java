/**
 * A person's account: identity, names, password, roles and status.
 *
 * <p>Here belong the values that make up a {@link dev.latchkey.domain.user.User} and the rules for their texts; every
 * value type refuses to be built from a text that breaks its rule, and says beforehand, in {@code violationOf}, which
 * rule that would be. Here does not belong how a password is hashed or where a user is stored.
 */
@NullMarked
package dev.latchkey.domain.user;

import org.jspecify.annotations.NullMarked;
